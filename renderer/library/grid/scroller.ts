import { afterWheel, createScrollSpace, toOffset, toScrollTop, type ScrollSpace } from './scroll-space.ts';

/** What the grid knows of where it is. */
export type ScrollView = {
  /** Upper edge of what is seen, in the grid. */
  readonly offset: number;
  readonly viewPx: number;
  /** What has to be added to a place in the grid to be a place in the scrolled element. */
  readonly shiftPx: number;
  /** It moves so fast that nobody can see a photo. */
  readonly isFast: boolean;
  /** It moved a moment ago. */
  readonly isMoving: boolean;
};

/** So many heights of the view in one step are a jump. */
const jumpViews = 1.5;
/** This long after the last movement, it is still. */
const restMs = 120;
const lineHeightPx = 40;

/** Moves the grid: reads and sets an element's scrollbar, takes the wheel where scroll space is scaled. Tells in each frame that moves. */
export class Scroller {
  readonly #element: HTMLElement;
  readonly #tell: (view: ScrollView) => void;
  #space: ScrollSpace;
  #offset = 0;
  #isFast = false;
  #isMoving = false;
  /** Set by us: the event that follows says nothing new. */
  #ownScrollTop: number | undefined;
  #frame: number | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, tell: (view: ScrollView) => void) {
    this.#element = element;
    this.#tell = tell;
    this.#space = createScrollSpace(0, element.clientHeight);
    element.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  get offset(): number {
    return this.#offset;
  }

  get space(): ScrollSpace {
    return this.#space;
  }

  /** Takes another height of the grid or of the view, and shows `offset` in it. */
  resize(gridPx: number, viewPx: number, offset: number): void {
    this.#space = createScrollSpace(gridPx, viewPx);
    // The browser waits in each frame for a wheel that might be taken: it is asked to only where it must.
    this.#element.removeEventListener('wheel', this.#onWheel);
    if (this.#space.isScaled) this.#element.addEventListener('wheel', this.#onWheel, { passive: false });
    this.#move(offset);
    this.#report();
  }

  scrollTo(offset: number): void {
    const before = this.#offset;
    this.#move(offset);
    this.#feelSpeed(before);
    this.#schedule();
  }

  close(): void {
    this.#element.removeEventListener('scroll', this.#onScroll);
    this.#element.removeEventListener('wheel', this.#onWheel);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#restTimer);
  }

  #move(offset: number): void {
    this.#offset = afterWheel(this.#space, offset, 0);
    const scrollTop = toScrollTop(this.#space, this.#offset);
    if (Math.abs(this.#element.scrollTop - scrollTop) < 0.5) return;
    this.#element.scrollTop = scrollTop;
    this.#ownScrollTop = this.#element.scrollTop;
  }

  readonly #onScroll = (): void => {
    const { scrollTop } = this.#element;
    if (this.#ownScrollTop !== undefined && Math.abs(scrollTop - this.#ownScrollTop) < 1) {
      this.#ownScrollTop = undefined;
    } else {
      const before = this.#offset;
      this.#offset = toOffset(this.#space, scrollTop);
      this.#feelSpeed(before);
    }
    this.#schedule();
  };

  readonly #onWheel = (event: WheelEvent): void => {
    if (!this.#space.isScaled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const { viewPx } = this.#space;
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? lineHeightPx
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? viewPx
          : 1;
    this.scrollTo(afterWheel(this.#space, this.#offset, event.deltaY * unit));
  };

  #feelSpeed(before: number): void {
    if (Math.abs(this.#offset - before) > this.#space.viewPx * jumpViews) this.#isFast = true;
    this.#isMoving = true;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#isFast = false;
      this.#isMoving = false;
      this.#report();
    }, restMs);
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#report();
    });
  }

  #report(): void {
    this.#tell({
      offset: this.#offset,
      viewPx: this.#space.viewPx,
      shiftPx: this.#space.isScaled ? this.#element.scrollTop - this.#offset : 0,
      isFast: this.#isFast,
      isMoving: this.#isMoving,
    });
  }
}
