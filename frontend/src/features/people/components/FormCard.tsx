import type { ReactNode } from 'react';
import classes from './FormCard.module.css';

export function FormCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.card}>
      <h1>{title}</h1>
      {children}
    </section>
  );
}
