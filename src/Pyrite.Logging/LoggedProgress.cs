using Microsoft.Extensions.Logging;
using Pyrite.Messages;

namespace Pyrite;

/// <summary>Tells a logger how far runs and loops over data are.</summary>
/// <remarks>
/// <c>svi.Run(data, 2_000, new LoggedProgress(logger))</c>, <c>Mcmc.Run(model, progress: new LoggedProgress(logger))</c>,
/// <c>foreach (Batch batch in new LoggedProgress(logger).Over(loader))</c>. Reports on the way are of level Debug, the end of a run or an epoch is
/// Information; Warning is what should be known: divergent transitions, a run that was stopped or failed, why a run is slow. Messages are structured:
/// their numbers have names. Several runs can follow each other, not overlap. Safe to use from several threads, as the logger is.
/// </remarks>
/// <param name="logger">The logger.</param>
public sealed class LoggedProgress(ILogger logger) : IProgress<SviProgress>, IProgress<McmcProgress>
{
    private readonly ILogger logger = logger ?? throw new ArgumentNullException(nameof(logger));
    private readonly Lock gate = new();
    private readonly HashSet<string> told = [];
    private readonly Dictionary<int, McmcProgress> ended = [];

    /// <summary>Tells how far variational inference is.</summary>
    /// <param name="value">A report of <c>Svi.Run</c>.</param>
    public void Report(SviProgress value)
    {
        if (!value.IsEnd)
        {
            SviMessages.Step(logger, value.Step, value.Steps, value.Loss);
        }
        else if (value.StopReason is { } reason)
        {
            SviMessages.Ended(logger, value.Step, value.Steps, value.Loss, reason);
        }
        else
        {
            SviMessages.Failed(logger, value.Step, value.Steps);
        }
    }

    /// <summary>Tells how far each chain is.</summary>
    /// <param name="value">A report of <c>Mcmc.Run</c> or <c>Mcmc.Resume</c>.</param>
    public void Report(McmcProgress value)
    {
        lock (gate)
        {
            if (value.Note is { } note && told.Add(note))
            {
                McmcMessages.Note(logger, note);
            }
            if (!value.IsEnd)
            {
                McmcMessages.Transition(logger, value.Chain, value.Transitions, value.Total, value.IsWarmup, value.Divergences, value.StepSize);
                return;
            }
            McmcMessages.ChainEnded(logger, value.Chain, value.Transitions, value.Total, value.StepSize);
            ended[value.Chain] = value;
            if (ended.Count == value.Chains)
            {
                TellEnd(value.Chains, value.Total);
            }
        }
    }

    /// <summary>The batches of an epoch; its end is told.</summary>
    /// <param name="loader">The loader; every <c>foreach</c> starts its next epoch.</param>
    /// <returns>The loader's batches, in its order; each lives until the next is asked for.</returns>
    public IEnumerable<Batch> Over(DataLoader loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return Batches(loader);
    }

    private IEnumerable<Batch> Batches(DataLoader loader)
    {
        int epoch = loader.Epoch, batches = 0;
        long rows = 0;
        try
        {
            foreach (Batch batch in loader)
            {
                batches++;
                rows += batch.Count;
                yield return batch;
            }
        }
        finally
        {
            EpochMessages.Ended(logger, epoch, batches, loader.BatchCount, rows);
        }
    }

    private void TellEnd(int chains, int total)
    {
        int divergences = ended.Values.Sum(chain => chain.Divergences);
        long transitions = ended.Values.Sum(chain => (long)chain.Transitions);
        if (transitions < (long)chains * total)
        {
            McmcMessages.Stopped(logger, chains, transitions, (long)chains * total);
        }
        else
        {
            McmcMessages.Ended(logger, chains, transitions);
        }
        if (divergences > 0)
        {
            McmcMessages.Divergent(logger, divergences);
        }
        ended.Clear();
        told.Clear();
    }
}
