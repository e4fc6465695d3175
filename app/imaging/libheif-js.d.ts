declare module 'libheif-js/wasm-bundle.js' {
  /** As far as it is used here: `libheif.d.ts` of the package says nothing of it. */
  type HeifImage = {
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Fills `target.data` with red, green, blue and alpha; gives it back, or `null` when it cannot be decoded. */
    display(
      target: { data: Uint8Array; width: number; height: number },
      done: (target: unknown) => void,
    ): void;
    free(): void;
  };
  const libheif: { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default libheif;
}
