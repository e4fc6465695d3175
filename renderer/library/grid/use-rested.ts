import { useEffect, useState } from 'react';

/** Whether a value has been the same for some milliseconds. */
export function useRested(value: unknown, ms: number): boolean {
  const [rested, setRested] = useState<unknown>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value);
    }, ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, ms]);
  return rested === value;
}
