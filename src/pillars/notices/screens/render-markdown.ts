import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

// HTML is off: what looks like a tag is shown as the characters it is.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

// The notice's own title is the h2 above its text, so every heading inside it is the level below.
markdown.renderer.rules['heading_open'] = () => '<h3>';
markdown.renderer.rules['heading_close'] = () => '</h3>\n';

const ALLOWED_TAGS = [
  'a',
  'blockquote',
  'br',
  'code',
  'del',
  'em',
  'h3',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
];

/** @returns safe HTML of a notice's text: twice guarded, by a renderer that knows no HTML and by a list of what may stay */
export function renderMarkdown(text: string): string {
  return DOMPurify.sanitize(markdown.render(text), {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', 'start'],
    ALLOWED_URI_REGEXP: /^(?:https?|tel|sms|mailto):/iu,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
