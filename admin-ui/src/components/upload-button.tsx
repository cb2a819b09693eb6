import { useRef } from '@wordpress/element';
import { CommandButton } from './command-button.tsx';

export interface Upload {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	readonly text: string;
}

/** A button that asks for a file; its text is handed on. */
export function UploadButton( {
	children,
	accept,
	busy = false,
	onFile,
}: {
	readonly children: string;
	/** As `<input accept>` has it. */
	readonly accept: string;
	readonly busy?: boolean;
	readonly onFile: ( file: Upload ) => void;
} ) {
	const input = useRef< HTMLInputElement >( null );
	const read = async ( file: File ): Promise< void > =>
		onFile( { name: file.name, size: file.size, text: await file.text() } );
	return (
		<>
			<CommandButton
				busy={ busy }
				onClick={ () => input.current?.click() }
			>
				{ children }
			</CommandButton>
			<input
				ref={ input }
				type="file"
				accept={ accept }
				hidden
				aria-label={ children }
				onChange={ ( { currentTarget } ) => {
					const file = currentTarget.files?.[ 0 ];
					// The same file chosen again is news, too.
					currentTarget.value = '';
					if ( file !== undefined ) {
						void read( file );
					}
				} }
			/>
		</>
	);
}
