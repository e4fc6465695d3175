/**
 * What cameras, phones and programs write into caption and title by themselves. A person's caption is never one of
 * these words alone, so they are matched as a whole, letter case and outer blanks apart.
 */
const placeholders: readonly RegExp[] = [
  // Cameras: "OLYMPUS DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "Digital Still Camera", "SAMSUNG CAMERA PICTURES".
  /^([\p{L}\d&.,/ -]{0,40} )?(digital (still )?camera|camera pictures|digital image)$/iu,
  /^(sony|minolta|konica minolta) dsc$/iu,
  /^(exif[_ ]jpeg[_ a-z0-9]*|jpeg|jpg|exif|dcf[ \d.]*)$/iu,
  /^(samsung|samsung techwin|casio computer co\.,? ?ltd\.?|minolta|kodak|nikon|canon|olympus|panasonic|pentax|ricoh)$/iu,
  /^<.*samsung.*>$/iu,
  // Folders and file names: "DCIM\100MEDIA", "DCIM/101NIKON", "IMG_1234.JPG", "DSC01234", "P1010001".
  /^dcim[\\/][\w\\/.]*$/iu,
  /^(img|dsc|dscn|dscf|dsc_|_dsc|imgp|pict|p|mvc|gopr|dji|pxl|mvimg|vid|sam)[-_ ]?\d{3,9}([-_]\d{1,9})*(\.\w{3,4})?$/iu,
  // Huawei's and Honor's scene codes, alone or joined: "cof", "dav", "rhdr", "oznorCOFIBO" begins another family.
  /^(cof|dav|edf|fbt|fhdr|hdr|hdrpl|mde|mtf|nor|ozedf|oznor|ptr|rbt|rhdr|rptfbt|rptnb|rptnbt|rpt|sdr|sdr_soft|vhdr|btf)$/iu,
  // Programs.
  /^(default|untitled|unknown|none|null|undefined|\(null\)|n\/a|no (title|caption|description)|image ?description|ascii|unicode)$/iu,
  /^(applemark|lead technologies|created (with|by) |processed (with|by) |screenshot$|file written by adobe photoshop|edited (with|in) )/iu,
  // Nothing but punctuation or one character repeated: "-----", "....", "0000".
  /^([\p{P}\p{S}\s]+|(.)\2{2,})$/u,
];

/** Whether a caption or title says nothing about its photo. `text` is expected without blanks around it. */
export function isPlaceholderText(text: string): boolean {
  return text.length <= 120 && placeholders.some((pattern) => pattern.test(text));
}
