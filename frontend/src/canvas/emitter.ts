export type Unsubscribe = () => void;

/** Listeners of one kind of news. */
export class Emitter<News> {
  private readonly listeners = new Set<(news: News) => void>();

  subscribe(listener: (news: News) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Bound, so that it can be handed on. */
  readonly emit = (news: News): void => {
    for (const listener of [...this.listeners]) listener(news);
  };
}
