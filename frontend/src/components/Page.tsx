import type { ReactNode } from 'react';
import classes from './Page.module.css';

/** A page's title, its one primary action, and what it is about. */
export function Page(props: {
  title: string;
  intro?: string;
  action?: ReactNode;
  /** For forms: lines that the eye can follow. */
  narrow?: boolean;
  /** A page within a frame that already has a heading, and says by a tab where it is. */
  sub?: boolean;
  children: ReactNode;
}) {
  const Heading = props.sub ? 'h2' : 'h1';
  return (
    <div className={classes.page} data-narrow={props.narrow}>
      <header className={classes.header} data-sub={props.sub}>
        <div>
          <Heading className={props.sub ? 'unseen' : ''}>{props.title}</Heading>
          {props.intro && <p>{props.intro}</p>}
        </div>
        {props.action}
      </header>
      {props.children}
    </div>
  );
}

export function Section(props: {
  title: string;
  hint?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div>
          <h2>{props.title}</h2>
          {props.hint && <p>{props.hint}</p>}
        </div>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
