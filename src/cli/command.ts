/**
 * What a command is. Each stands in a file of its own under `commands/`.
 */
import type { Parts } from './parts.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';
import type { Environment, ProcessSettings } from './process-settings.ts';

export interface Flag {
	readonly type: 'boolean' | 'string';
	/** May be given several times. */
	readonly multiple?: true;
	/** What the value is called in the help, e.g. `SKU`. */
	readonly value?: string;
	readonly help: string;
}

/** What a person typed after the command's words. */
export interface Given {
	readonly args: readonly string[];
	/** A boolean flag. */
	has( flag: string ): boolean;
	/** A flag's value; null when it was not given. */
	text( flag: string ): string | null;
	texts( flag: string ): readonly string[];
}

export interface Call {
	readonly given: Given;
	readonly settings: ProcessSettings;
	readonly env: Environment;
	readonly io: Io;
	readonly output: Output;
	readonly parts: Parts;
}

export interface Command {
	readonly words: readonly string[];
	readonly summary: string;
	/** As the usage line shows them, e.g. `ID…`. */
	readonly takes: string;
	readonly arguments: { readonly min: number; readonly max: number };
	readonly flags: Readonly< Record< string, Flag > >;
	/** `./.pearlbridge` when absent. */
	readonly defaultDataDir?: string;
	/** False for what never opens the data dir. */
	readonly usesData: boolean;
	/** The exit code. */
	run( call: Call ): Promise< number >;
}
