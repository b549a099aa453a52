import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import classes from './EmptyState.module.css';

/** Says what a still empty place is for, and offers the next step as `children`. */
export function EmptyState(props: {
  icon: IconName;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <section className={classes.empty}>
      <Icon name={props.icon} size={28} />
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}
