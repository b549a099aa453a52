import { Link } from '@tanstack/react-router';
import classes from './frame.module.css';

/** Of which dataset this is, as the page's heading, and the way back to it. */
export function Up({ dataset }: { dataset: { slug: string; name: string } }) {
  return (
    <h1 className={classes.up}>
      <Link to="/datasets/$slug" params={{ slug: dataset.slug }}>
        <span aria-hidden>‹ </span>
        {dataset.name}
      </Link>
    </h1>
  );
}
