"""A page sealed in a page: a file that opens in a browser with a passphrase, and says nothing before.

AES-256-GCM under a key that PBKDF2 makes of the passphrase. It fetches nothing and runs no script but its own.
"""

import hashlib
import secrets
from base64 import b64encode
from html import escape

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from handlers.referrals.passphrase import ROUNDS

NONCE_BYTES = 12
WRONG = "These words do not open it. Look at each letter. If you asked for it again, use the words you were shown last."
TOO_OLD = "This browser cannot open it. Open the file in Chrome, Edge, Firefox or Safari."
_STYLE = """
body { font: 12pt/1.5 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #111; max-width: 34em;
  margin: 12mm auto; padding: 0 6mm; overflow-wrap: break-word; }
h1 { font-size: 16pt; line-height: 1.25; }
label { display: block; font-weight: 600; margin: 6mm 0 1mm; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: 2mm; border: 1px solid #59636e; }
button { font: inherit; margin: 3mm 0; padding: 2mm 6mm; border: 0; background: #1f3a5f; color: #fff; }
input:focus, button:focus { outline: 3px solid #d08700; outline-offset: 2px; }
#said { color: #8a1c1c; font-weight: 600; min-height: 1.5em; }
"""
_SCRIPT = """
const sealed = document.getElementById("sealed"), said = document.getElementById("said");
const bytes = text => Uint8Array.from(atob(text), one => one.charCodeAt(0));

async function open(typed) {
  const letters = new TextEncoder().encode(typed.toLowerCase().replace(/[^a-z]/g, ""));
  const salt = bytes(sealed.dataset.salt), iterations = Number(sealed.dataset.rounds);
  const words = await crypto.subtle.importKey("raw", letters, "PBKDF2", false, ["deriveKey"]);
  const how = {name: "PBKDF2", hash: "SHA-256", salt, iterations};
  const key = await crypto.subtle.deriveKey(how, words, {name: "AES-GCM", length: 256}, false, ["decrypt"]);
  const iv = bytes(sealed.dataset.nonce);
  const plain = await crypto.subtle.decrypt(
    {name: "AES-GCM", iv, additionalData: salt}, key, bytes(sealed.textContent));
  return new DOMParser().parseFromString(new TextDecoder().decode(plain), "text/html");
}

document.querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  said.textContent = "";
  if (!window.crypto || !crypto.subtle) { said.textContent = said.dataset.old; return; }
  let page;
  try { page = await open(document.querySelector("input").value); }
  catch { said.textContent = said.dataset.wrong; return; }
  document.title = page.title;
  document.querySelector("style").textContent = page.querySelector("style").textContent;
  document.body.replaceChildren(...page.body.childNodes);
  scrollTo(0, 0);
});
"""


def sealed_page(page: str, *, key: bytes, salt: bytes, name: str) -> str:
    """`name` stands in it for anybody to read: a reference, and nothing else of what is inside."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    inside = AESGCM(key).encrypt(nonce, page.encode(), salt)
    own = _text(hashlib.sha256(_SCRIPT.encode()).digest())
    title = escape(f"Sealed letter {name}")
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
script-src 'sha256-{own}'; base-uri 'none'; form-action 'none'">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
<p>It opens with the five words that Heard showed to whoever asked for it. Nothing is sent anywhere.</p>
<form>
<label for="words">The five words</label>
<input id="words" autocomplete="off" autocapitalize="off" spellcheck="false" autofocus>
<button>Open</button>
</form>
<p id="said" role="alert" data-wrong="{escape(WRONG)}" data-old="{escape(TOO_OLD)}"></p>
<noscript><p>Scripts are switched off in this browser. The letter cannot be opened without them.</p></noscript>
<div id="sealed" hidden data-salt="{_text(salt)}" data-nonce="{_text(nonce)}" data-rounds="{ROUNDS}">
{_text(inside)}
</div>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _text(some: bytes) -> str:
    return b64encode(some).decode("ascii")
