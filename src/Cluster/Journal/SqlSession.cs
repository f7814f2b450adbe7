using System.Data.Common;
using System.Globalization;

namespace Depth3D.Cluster.Journal;

/// <summary>Statements on one connection.</summary>
internal sealed class SqlSession(DbConnection connection, string begin = "begin")
{
    public async Task<int> RunAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)Convert.ChangeType(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false), typeof(T), CultureInfo.InvariantCulture)!;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>
    /// Begin and commit as plain statements: a full disk makes SQLite end the transaction by itself, and ADO.NET's transaction object then
    /// fails at its own rollback and hides why.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        await RunAsync(begin, cancellation).ConfigureAwait(false);
        try
        {
            var result = await action().ConfigureAwait(false);
            await RunAsync("commit", cancellation).ConfigureAwait(false);
            return result;
        }
        catch
        {
            await TryRollbackAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task TryRollbackAsync()
    {
        try
        {
            await RunAsync("rollback", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // There was no transaction left to end, or no connection, which is what this is for.
        }
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
