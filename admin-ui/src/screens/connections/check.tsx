import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type {
	ConnectionCheck,
	Finding,
} from '../../../../src/contracts/answers.ts';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	Note,
	Panel,
	Progress,
	ToneIcon,
	announce,
} from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';

/** Asks both sides, writes nothing. */
export function CheckPanel( {
	name,
	now,
	level = 2,
}: {
	readonly name: string;
	/** Rises when it is to be checked without a click: just added, just changed. */
	readonly now: number;
	readonly level?: 2 | 3;
} ) {
	const check = useCommand( 'connectionCheck' );
	const asked = useRef( 0 );
	const run = async (): Promise< void > => {
		const answer = await check.run( { name } );
		if ( answer.ok ) {
			announce( summary( answer.value ) );
		}
	};
	useEffect( () => {
		if ( now > asked.current ) {
			asked.current = now;
			void run();
		}
	}, [ now ] );
	return (
		<Panel
			title={ __( 'Check', 'pearlbridge' ) }
			level={ level }
			actions={
				<CommandButton
					size="compact"
					busy={ check.busy }
					onClick={ () => void run() }
				>
					{ check.value === null
						? __( 'Check now', 'pearlbridge' )
						: __( 'Check again', 'pearlbridge' ) }
				</CommandButton>
			}
		>
			<ErrorNotice error={ check.error } />
			{ check.busy && (
				<>
					<p className="pb-muted">
						{ __(
							'Asking the shop and Brightpearl…',
							'pearlbridge'
						) }
					</p>
					<Progress
						label={ __( 'Checking', 'pearlbridge' ) }
						value={ 0 }
						max={ null }
					/>
				</>
			) }
			{ ! check.busy && check.value === null && check.error === null && (
				<p className="pb-muted">
					{ __(
						'Asks the shop and Brightpearl whether keys, rights and settings work. Writes nothing.',
						'pearlbridge'
					) }
				</p>
			) }
			{ check.value !== null && <Findings check={ check.value } /> }
		</Panel>
	);
}

const ORDER = { error: 0, warning: 1, ok: 2 } as const;

function Findings( { check }: { readonly check: ConnectionCheck } ) {
	const findings = [ ...check.findings ].sort(
		( a, b ) => ORDER[ a.level ] - ORDER[ b.level ]
	);
	return (
		<>
			<Note
				status={
					check.ok && findings[ 0 ]?.level === 'ok'
						? 'success'
						: 'warning'
				}
			>
				{ summary( check ) }
			</Note>
			<ul className="pb-findings">
				{ findings.map( ( finding ) => (
					<FindingLine
						key={ `${ finding.side } ${ finding.code } ${ finding.message }` }
						finding={ finding }
					/>
				) ) }
			</ul>
		</>
	);
}

function FindingLine( {
	finding: { side, level, message, fix },
}: {
	readonly finding: Finding;
} ) {
	const { text, tone } = levelLabel( level );
	return (
		<li>
			<ToneIcon tone={ tone } />
			<div>
				<p>
					<span className="pb-muted">
						{ side === 'store'
							? __( 'Shop', 'pearlbridge' )
							: __( 'Brightpearl', 'pearlbridge' ) }
						{ ': ' }
					</span>
					{ message }
				</p>
				{ fix !== null && <p className="pb-muted">{ fix }</p> }
			</div>
			<span className={ `pb-level pb-level--${ tone }` }>{ text }</span>
		</li>
	);
}

function levelLabel( level: Finding[ 'level' ] ): {
	readonly text: string;
	readonly tone: Tone;
} {
	switch ( level ) {
		case 'ok':
			return { text: __( 'Fine', 'pearlbridge' ), tone: 'success' };
		case 'warning':
			return { text: __( 'Warning', 'pearlbridge' ), tone: 'warning' };
		case 'error':
			return { text: __( 'Error', 'pearlbridge' ), tone: 'error' };
	}
}

function summary( { ok, findings }: ConnectionCheck ): string {
	if ( ! ok ) {
		return __( 'Something does not work yet: see below.', 'pearlbridge' );
	}
	return findings.some( ( { level } ) => level === 'warning' )
		? __( 'It works, with something to look at.', 'pearlbridge' )
		: __( 'Everything works.', 'pearlbridge' );
}
