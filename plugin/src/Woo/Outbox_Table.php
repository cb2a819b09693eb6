<?php
/**
 * The outbox: which orders changed, kept until the sidecar has taken note.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * One small table of ids. Rows are only ever appended, with one autocommitted INSERT: nothing to lock, nothing
 * that can deadlock inside a checkout. That the same order stands in it several times costs 40 bytes a row;
 * a page collapses it to its last one.
 *
 * An auto-increment id is given out before its row can be seen by others, so a row may appear *after* one with
 * a higher id has been read and acknowledged. Therefore a page marks its rows as handed over, and an
 * acknowledgement removes marked rows only: it never swallows a change nobody was told of.
 */
class Outbox_Table {

	/** Rows that nobody fetched are forgotten after this many seconds; the sidecar's sweeps know them anyway. */
	const KEEP_SECONDS = 30 * 86400;

	/** Rows in one INSERT, one UPDATE or one DELETE. */
	const CHUNK = 500;

	/**
	 * WordPress' database.
	 *
	 * @var \wpdb
	 */
	private $wpdb;

	/**
	 * Constructor.
	 *
	 * @param \wpdb $wpdb WordPress' database.
	 */
	public function __construct( \wpdb $wpdb ) {
		$this->wpdb = $wpdb;
	}

	/**
	 * The table's name on this site. Asked anew each time: in a network the prefix changes with the site.
	 */
	public function name(): string {
		return $this->wpdb->prefix . 'pearlbridge_outbox';
	}

	/**
	 * Creates the table or brings it up to date.
	 */
	public function install(): void {
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$name    = $this->name();
		$charset = $this->wpdb->get_charset_collate();
		dbDelta(
			"CREATE TABLE {$name} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				kind varchar(10) NOT NULL,
				object_id bigint(20) unsigned NOT NULL,
				changed_at int(10) unsigned NOT NULL,
				handed_at int(10) unsigned NOT NULL DEFAULT 0,
				PRIMARY KEY  (id),
				KEY changed_at (changed_at)
			) {$charset};"
		);
	}

	/**
	 * Removes the table.
	 */
	public function drop(): void {
		$this->quietly( (string) $this->wpdb->prepare( 'DROP TABLE IF EXISTS %i', $this->name() ) );
	}

	/**
	 * Adds ids. A database that refuses must not disturb the request it happens in: nothing is printed.
	 *
	 * @param string $kind 'order' or 'product'.
	 * @param int[]  $ids  What changed.
	 * @return bool False: not everything was written.
	 */
	public function add( string $kind, array $ids ): bool {
		$now = time();
		foreach ( array_chunk( array_values( $ids ), self::CHUNK ) as $chunk ) {
			$values = array( $this->name() );
			foreach ( $chunk as $id ) {
				array_push( $values, $kind, $id, $now );
			}
			$rows = implode( ', ', array_fill( 0, count( $chunk ), '(%s, %d, %d)' ) );
			// phpcs:ignore WordPress.DB.PreparedSQL -- What is joined are placeholders.
			if ( ! $this->quietly( (string) $this->wpdb->prepare( 'INSERT INTO %i (kind, object_id, changed_at) VALUES ' . $rows, $values ) ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The next rows after an id, and marks them as handed over. Acknowledged rows are gone, so a fresh reader
	 * starts at 0.
	 *
	 * @param int $after Last id of the page before.
	 * @param int $limit Rows looked at; several of one object become its last one.
	 * @return array{items: list<array{id: int, kind: string, objectId: int, at: int}>, more: bool}|null Null: the database refused.
	 */
	public function page( int $after, int $limit ): ?array {
		// phpcs:disable WordPress.DB.PreparedSQL, WordPress.DB.DirectDatabaseQuery -- It is prepared; a queue is never cached.
		$rows = $this->wpdb->get_results(
			$this->wpdb->prepare( 'SELECT id, kind, object_id, changed_at, handed_at FROM %i WHERE id > %d ORDER BY id LIMIT %d', $this->name(), $after, $limit + 1 ),
			ARRAY_A
		);
		// phpcs:enable
		if ( '' !== $this->wpdb->last_error || ! is_array( $rows ) ) {
			return null;
		}
		$more = count( $rows ) > $limit;
		$rows = array_slice( $rows, 0, $limit );
		$new  = array();
		$last = array();
		foreach ( $rows as $row ) {
			if ( 0 === (int) $row['handed_at'] ) {
				$new[] = (int) $row['id'];
			}
			$key = $row['kind'] . ':' . $row['object_id'];
			// The last row of an object takes its place at the end, so that ids stay ascending.
			unset( $last[ $key ] );
			$last[ $key ] = array(
				'id'       => (int) $row['id'],
				'kind'     => (string) $row['kind'],
				'objectId' => (int) $row['object_id'],
				'at'       => (int) $row['changed_at'],
			);
		}
		if ( ! $this->mark( $new ) ) {
			return null;
		}
		return array(
			'items' => array_values( $last ),
			'more'  => $more,
		);
	}

	/**
	 * Forgets what was handed over up to an id.
	 *
	 * @param int $up_to Last id the reader has taken note of.
	 * @return int|null Rows removed; null: the database refused.
	 */
	public function acknowledge( int $up_to ): ?int {
		// phpcs:ignore WordPress.DB.PreparedSQL, WordPress.DB.DirectDatabaseQuery -- It is prepared; a queue is never cached.
		$removed = $this->wpdb->query( (string) $this->wpdb->prepare( 'DELETE FROM %i WHERE id <= %d AND handed_at > 0', $this->name(), $up_to ) );
		return false === $removed ? null : (int) $removed;
	}

	/**
	 * Forgets everything: the pairing it was meant for is over.
	 */
	public function clear(): void {
		$this->quietly( (string) $this->wpdb->prepare( 'DELETE FROM %i', $this->name() ) );
	}

	/**
	 * Whether the database is there, once it has been tried again. Without this question wpdb would find out
	 * during the INSERT, and append its error page to the answer of whoever is being served.
	 */
	public function is_reachable(): bool {
		$suppressed = $this->wpdb->suppress_errors( true );
		// PHP itself warns of a lost connection, too, and would do so into somebody's page.
		ob_start();
		try {
			return (bool) $this->wpdb->check_connection( false );
		} finally {
			ob_end_clean();
			$this->wpdb->suppress_errors( $suppressed );
		}
	}

	/**
	 * Forgets what nobody fetched for thirty days.
	 */
	public function prune(): void {
		$this->quietly( (string) $this->wpdb->prepare( 'DELETE FROM %i WHERE changed_at < %d', $this->name(), time() - self::KEEP_SECONDS ) );
	}

	/**
	 * How much the sidecar has not acknowledged yet.
	 *
	 * @return array{waiting: int, oldestAt: int|null}
	 */
	public function waiting(): array {
		$suppressed = $this->wpdb->suppress_errors( true );
		// phpcs:ignore WordPress.DB.PreparedSQL, WordPress.DB.DirectDatabaseQuery -- It is prepared; a queue is never cached.
		$row = $this->wpdb->get_row( $this->wpdb->prepare( 'SELECT COUNT(*) AS waiting, MIN(changed_at) AS oldest FROM %i', $this->name() ), ARRAY_A );
		$this->wpdb->suppress_errors( $suppressed );
		return array(
			'waiting'  => is_array( $row ) ? (int) $row['waiting'] : 0,
			'oldestAt' => is_array( $row ) && null !== $row['oldest'] ? (int) $row['oldest'] : null,
		);
	}

	/**
	 * Marks rows as handed over. By their ids, not by a range: a range would take in rows that have become
	 * visible since.
	 *
	 * @param int[] $ids Rows.
	 */
	private function mark( array $ids ): bool {
		foreach ( array_chunk( $ids, self::CHUNK ) as $chunk ) {
			$places = implode( ', ', array_fill( 0, count( $chunk ), '%d' ) );
			// phpcs:ignore WordPress.DB.PreparedSQL -- What is joined are placeholders.
			if ( ! $this->quietly( (string) $this->wpdb->prepare( 'UPDATE %i SET handed_at = %d WHERE id IN (' . $places . ')', array_merge( array( $this->name(), time() ), $chunk ) ) ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Runs a write without wpdb's printing an error into somebody's page.
	 *
	 * @param string $sql Prepared.
	 */
	private function quietly( string $sql ): bool {
		$suppressed = $this->wpdb->suppress_errors( true );
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared, WordPress.DB.DirectDatabaseQuery -- Whoever calls has prepared it.
		$done = $this->wpdb->query( $sql );
		$this->wpdb->suppress_errors( $suppressed );
		return false !== $done;
	}
}
