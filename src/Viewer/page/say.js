/** Words over the picture; empty ones take them away. Without `again` there is no button. */
export function sayOver(text, again) {
  const message = document.getElementById('message'), [words, button] = message.children;
  message.hidden = !text;
  words.textContent = text;
  button.hidden = !again;
  button.onclick = again ?? null;
}
