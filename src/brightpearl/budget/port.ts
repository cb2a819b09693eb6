/** What a budget is to those who send requests. */
import type { BudgetView } from '../../contracts/answers.ts';
import type { Lane } from '../api/lanes.ts';
import type { Figures, WindowMode } from './throttle-window.ts';

export interface Permit {
	/** The request ended; figures null = no answer, or one without the throttle headers. */
	ended( figures: Figures | null ): void;
	/** It was certainly not sent. */
	unsent(): void;
}

export type Admission =
	| { readonly ok: true; readonly permit: Permit }
	/** Not sent, and not to be waited for here; `after` = when it may be worth asking again. */
	| { readonly ok: false; readonly after: number };

export interface Budget {
	/**
	 * Waits until the lane may send one request, leaving `reserve` to other apps; where that has
	 * changed, `refresh` lets those leave who now may.
	 */
	admit(
		lane: Lane,
		reserve: () => number,
		window?: WindowMode
	): Promise< Admission >;
	/**
	 * Brightpearl refused a request as too many: nothing leaves until its window turns.
	 * Returns milliseconds until then.
	 */
	refused( period: number | null ): number;
	/** As it was seen last; `refresh` looks again. */
	view( window?: WindowMode ): BudgetView;
	refresh(): Promise< void >;
	/** Sends everybody who waits, or comes, away; what is in flight still counts. */
	dismiss(): void;
	/** That too; resolves when the count is written, and nothing is written afterwards. */
	close(): Promise< void >;
}
