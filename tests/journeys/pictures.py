"""Makes a screenshot small: at most 64 colours, counted by the browser that took it, written as a palette PNG."""

import base64
import struct
import zlib

from playwright.async_api import Browser

COLOURS = 64
_COUNT = """
async ([picture, most]) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  const seen = new Map();
  const colour = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  for (let at = 0; at < pixels.length; at += 4) seen.set(colour(at), (seen.get(colour(at)) ?? 0) + 1);
  const common = [...seen].sort((a, b) => b[1] - a[1]).slice(0, most);
  const palette = common.map(([one]) => [one >> 16, (one >> 8) & 255, one & 255]);
  const near = new Map();
  const nearest = (at) => {
    const key = colour(at);
    if (!near.has(key)) {
      const far = palette.map((one) => one.reduce((sum, part, n) => sum + (part - pixels[at + n]) ** 2, 0));
      near.set(key, far.indexOf(Math.min(...far)));
    }
    return near.get(key);
  };
  let indexes = "";
  for (let at = 0; at < pixels.length; at += 4) indexes += String.fromCharCode(nearest(at));
  return { width: bitmap.width, height: bitmap.height, palette, indexes: btoa(indexes) };
}
"""


async def small_png(browser: Browser, picture: bytes) -> bytes:
    """The picture with the colours that it has most of; the others become the nearest of them."""
    page = await browser.new_page()
    try:
        counted = await page.evaluate(_COUNT, [base64.b64encode(picture).decode("ascii"), COLOURS])
    finally:
        await page.close()
    width, height = counted["width"], counted["height"]
    indexes = base64.b64decode(counted["indexes"])
    rows = b"".join(b"\0" + indexes[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(bytes(colour) for colour in counted["palette"])
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
