// A formatter for secretlint: what it found as JSON lines, with every secret replaced before anything leaves its process.
// Its own masking is not enough: it hides the message but not the line, and some rules give the place of the name before the value.

const mark = '***';
const shortest = 6;

export default function format(results) {
  const lines = [];
  for (const { filePath, sourceContent, messages } of results) {
    if (messages.length === 0) continue;
    const secrets = secretsOf(messages, sourceContent);
    const source = sourceContent.split('\n');
    for (const message of messages) {
      const { start } = message.loc;
      const finding = {
        path: filePath,
        line: start.line,
        rule: message.ruleId,
        kind: message.messageId,
        message: mask(message.message, secrets),
        quote: quoteOf(source[start.line - 1] ?? '', start.column, secrets),
        url: message.docsUrl,
      };
      lines.push(JSON.stringify(finding));
    }
  }
  return lines.join('\n');
}

/** Every text that a rule calls the secret; a secret of several lines also line by line. The longest first. */
function secretsOf(messages, source) {
  const texts = messages.flatMap(({ data, range }) => {
    const named = Object.values(data ?? {}).filter((value) => typeof value === 'string' && value.length >= shortest);
    return named.length > 0 ? named : [source.slice(...range)];
  });
  const parts = texts.flatMap((text) => [text, ...text.split(/\r?\n|\\n/)]).map((part) => part.trim());
  return [...new Set(parts)].filter(isSecret).sort((a, b) => b.length - a.length);
}

function isSecret(text) {
  return text.length >= shortest && !/^-----(BEGIN|END) [A-Z ]+-----$/.test(text);
}

function mask(text, secrets) {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, mark), text);
}

/** The line without its secrets. Where none of them stands on it as it is, nothing behind the beginning of the match is shown. */
function quoteOf(line, column, secrets) {
  const masked = mask(line, secrets);
  const header = /^.*-----BEGIN [A-Z ]+-----/.exec(masked);
  if (header) return `${header[0]}${header[0] === masked.trimEnd() ? '' : mark}`;
  return masked === line ? `${line.slice(0, column)}${mark}` : masked;
}
