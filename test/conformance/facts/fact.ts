/**
 * A line of a reference that is documented (D) or recorded (V, R) and names an endpoint we use, with
 * the cases that show it.
 */
import type { Mark } from '../case.ts';

export type Fact = readonly [
	mark: Extract< Mark, 'D' | 'V' | 'R' >,
	fact: string,
	...cases: readonly string[],
];

/** By section of the reference. */
export type Facts = Readonly< Record< string, readonly Fact[] > >;
