using System.Diagnostics;

namespace Pyrite;

/// <summary>One pass over the data: hands out a batch, whole or in the shards of this process, while the one after it is filled.</summary>
/// <remarks>Filling depends on the order alone, so who fills, and when, changes no bit of a batch.</remarks>
internal sealed class BatchPass
{
    private readonly DataLoader loader;
    private readonly Sharding? sharding;
    private readonly BatchWorkspace workspace;
    private readonly Activity? activity;
    private readonly Action fillNext;
    private readonly int epoch;
    private Batch[]? current;
    private WorkerJob? filling;
    private int taken;
    private bool isDisposed;

    /// <summary>Starts the pass; the workspace's order is set.</summary>
    /// <param name="loader">Whose batches.</param>
    /// <param name="sharding">Of which the process has its shards; null for whole batches.</param>
    /// <param name="workspace">The memory.</param>
    /// <param name="start">Epoch and first batch.</param>
    /// <param name="activity">Ends with the pass, if there is one.</param>
    public BatchPass(DataLoader loader, Sharding? sharding, BatchWorkspace workspace, LoaderPosition start, Activity? activity)
    {
        (this.loader, this.sharding, this.workspace, this.activity) = (loader, sharding, workspace, activity);
        (epoch, taken) = (start.Epoch, start.Batch);
        fillNext = Fill;
    }

    /// <summary>The batch that was handed out last, in its parts.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Batch[] Current =>
        current
            ?? throw new InvalidOperationException("Cannot read the current batch: none has been asked for yet, or the pass has ended. Use foreach.");

    /// <summary>The rows of the whole batch that was handed out last.</summary>
    public int CurrentRows => RowsOf(taken - 1).Length;

    /// <summary>Turns to the next batch; false where there is none.</summary>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        current = null;
        foreach (BatchBuffer buffer in workspace.Current)
        {
            buffer.Retire();
        }
        if (taken >= loader.BatchCount)
        {
            return false;
        }
        bool isObserved = LoaderSignals.IsOn;
        long start = isObserved ? LoaderSignals.Now : 0;
        FinishFilling();
        workspace.Swap();
        ReadOnlySpan<int> rows = RowsOf(taken);
        current = new Batch[workspace.Current.Length];
        int all = 0;
        for (int part = 0; part < current.Length; part++)
        {
            current[part] = workspace.Current[part].Open(PartOf(rows, part).Length);
            all += current[part].Count;
        }
        taken++;
        loader.NotePosition(taken < loader.BatchCount ? new LoaderPosition(epoch, taken) : new LoaderPosition(epoch + 1, 0));
        if (isObserved)
        {
            LoaderSignals.Record(all, start);
        }
        if (loader.Prefetch && taken < loader.BatchCount)
        {
            filling = Workers.Start(fillNext);
        }
        return true;
    }

    /// <summary>Ends the pass; the last batch lives on until the loader is asked for another.</summary>
    /// <returns>Whether it had not been ended before.</returns>
    public bool End()
    {
        if (isDisposed)
        {
            return false;
        }
        isDisposed = true;
        try
        {
            filling?.Wait();
        }
        catch (Exception)
        {
            // This batch was never asked for; raising its trouble here would hide the error, if any, that ends the loop.
        }
        activity?.SetTag("pyrite.data.batches", taken).Dispose();
        return true;
    }

    private void Fill()
    {
        ReadOnlySpan<int> rows = RowsOf(taken);
        for (int part = 0; part < workspace.Next.Length; part++)
        {
            workspace.Next[part].Fill(epoch, PartOf(rows, part));
        }
    }

    private void FinishFilling()
    {
        if (filling is null)
        {
            fillNext();
            return;
        }
        WorkerJob job = filling;
        filling = null;
        job.Wait();
    }

    private ReadOnlySpan<int> PartOf(ReadOnlySpan<int> rows, int part) =>
        sharding is null ? rows : rows[sharding.RowsOf(rows.Length, sharding.First + part)];

    private ReadOnlySpan<int> RowsOf(int batch)
    {
        int start = batch * loader.BatchSize;
        return workspace.Order.AsSpan(start, Math.Min(loader.BatchSize, workspace.Order.Length - start));
    }
}
