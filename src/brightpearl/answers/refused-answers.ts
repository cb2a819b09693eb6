/**
 * Who is told that an answer was refused for its form. Whoever asked hands over the answer's
 * request id, which is unique; whoever reads it knows that id and not who asked.
 */

type Told = ( field: string ) => void;

/** Answers that are being read, and some more: nobody says when reading has ended. */
const MOST = 200;

const watched = new Map< string, Told >();

export function watchAnswer( ruid: string | null, told: Told ): void {
	if ( ruid === null ) {
		return;
	}
	watched.delete( ruid );
	watched.set( ruid, told );
	for ( const oldest of watched.keys() ) {
		if ( watched.size <= MOST ) {
			break;
		}
		watched.delete( oldest );
	}
}

export function answerRefused( ruid: string | null, field: string ): void {
	if ( ruid !== null ) {
		watched.get( ruid )?.( field );
		watched.delete( ruid );
	}
}
