// When a JPEG was taken, as its camera wrote (Exif 2.32, DateTimeOriginal): a suggestion for the field of the form. What counts
// is read again by the server, with limits. No package: those that are offered read everything, from everything, and are
// larger than our whole script.

const HEAD = 256 * 1024; // bytes that are looked at: the segment stands first, and has 64 KB at the most
const APP1 = 0xffe1;
const EXIF_IFD = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;

/** "2026:04:01 08:15:30", or nothing. */
export async function takenAt(photo: Blob): Promise<string | null> {
  try {
    return momentIn(new DataView(await photo.slice(0, HEAD).arrayBuffer()));
  } catch {
    return null; // offsets that lead out of the file
  }
}

function momentIn(view: DataView): string | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return inTiff(view, at + 10); // "Exif"
    if (marker < 0xffc0 || marker === 0xffda) return null; // not a marker, or the picture itself
  }
  return null;
}

function inTiff(view: DataView, start: number): string | null {
  const little = view.getUint16(start) === 0x4949;
  const directory = entry(view, start, view.getUint32(start + 4, little), EXIF_IFD, little);
  if (directory === null) return null;
  const place = entry(view, start, view.getUint32(directory + 8, little), DATE_TIME_ORIGINAL, little);
  if (place === null) return null;
  const from = start + view.getUint32(place + 8, little);
  const text = Array.from({ length: 19 }, (_, i) => String.fromCharCode(view.getUint8(from + i))).join('');
  return /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/.test(text) ? text : null;
}

/** Where the entry of that tag begins. */
function entry(view: DataView, start: number, offset: number, tag: number, little: boolean): number | null {
  const count = view.getUint16(start + offset, little);
  for (let i = 0; i < count; ++i) {
    const at = start + offset + 2 + i * 12;
    if (view.getUint16(at, little) === tag) return at;
  }
  return null;
}
