import classes from './guideline.module.css';

/** A guideline as the server has rendered it: it lets nothing through that could act on the page. */
export function GuidelineText({ html }: { html: string }) {
  return <div className={classes.text} dangerouslySetInnerHTML={{ __html: html }} />;
}
