/** Formats of camera sensors, by content. */
export const rawFormats: ReadonlySet<string> = new Set(
  `3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf ori pef raf raw rw2 rwl sr2 srf srw x3f`.split(
    ' ',
  ),
);
