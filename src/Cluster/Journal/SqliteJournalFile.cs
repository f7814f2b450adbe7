using System.Data;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Microsoft.Data.Sqlite;

namespace Depth3D.Cluster.Journal;

/// <summary>
/// Reads one clip out of a SQLite journal without opening it for writing: no lock is taken, no file is made, and a process that writes the journal
/// meanwhile goes on.
/// </summary>
internal static class SqliteJournalFile
{
    /// <summary>A journal that nobody has open changes only when a process opens it, which leaves its write-ahead file; twice is rare, thrice is a defect.</summary>
    private const int MostTries = 3;

    private const int CannotOpen = 14;

    /// <returns>All events of the clip in order; empty where the journal does not know it.</returns>
    /// <exception cref="Depth3DException">The file is no journal, is damaged, or was written by a newer version.</exception>
    public static IReadOnlyList<ClipEvent> Read(string path, ClipId clip)
    {
        SqliteJournal.UseSystemLibrary();
        for (var tries = 1; ; tries++)
        {
            var isQuiet = !File.Exists(path + "-wal");
            try
            {
                var events = Read(path, clip, isQuiet);
                if (!isQuiet || !File.Exists(path + "-wal") || tries == MostTries) return events;
            }
            catch (SqliteException e) when (tries == MostTries || !isQuiet || !File.Exists(path + "-wal"))
            {
                throw new Depth3DException($"the journal of the run cannot be read: {e.Message}", path, e.SqliteErrorCode == CannotOpen
                    ? "the folder must be writable for a run that was killed; copy it, or run the same command again"
                    : "the folder was damaged; run again with --fresh", FailureKind.Storage, e);
            }
        }
    }

    private static List<ClipEvent> Read(string path, ClipId clip, bool isQuiet)
    {
        // A file that is marked immutable is read without locks and side files, also on a read-only disk.
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = isQuiet ? new Uri(path).AbsoluteUri + "?immutable=1" : path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString();
        using var connection = new SqliteConnection(text);
        connection.Open();
        SqliteSchema.RefuseNewer(connection, path);
        using var command = connection.CreateCommand();
        command.CommandText = "select seq, event from journal where clip = @clip order by seq";
        command.Parameters.AddWithValue("@clip", clip.Value);
        using var rows = command.ExecuteReader(CommandBehavior.SingleResult);
        var events = new List<ClipEvent>();
        while (rows.Read())
        {
            if (rows.GetInt64(0) != events.Count + 1) throw AdoJournal.Gap(clip, events.Count + 1);
            events.Add(EventCodec.Read(rows.GetString(1), $"{clip}, event {events.Count + 1}"));
        }

        return events;
    }
}
