namespace Pyrite.Inference.Mcmc;

/// <summary>One chain from its start to its last draw.</summary>
internal sealed class ChainRun(
    int chain, Potential potential, Sampler sampler, InitialValues start, RandomKey key, DrawsTable table, int warmup, int thinning, IProgress<McmcProgress>? progress, CancellationToken cancellation)
{
    private const int Reports = 50;
    private const int TransitionsBetweenChecks = 16;

    public Potential Potential => potential;

    /// <summary>Where the chain ended; null before it has run.</summary>
    public ChainState? State { get; private set; }

    /// <summary>Makes all transitions.</summary>
    public void Run()
    {
        double[] first = start.Choose(potential, chain, key.Child("start"));
        ChainState state = sampler.Initialize(potential, first, warmup, key.Child("sampler"));
        State = state;
        RandomKey transitions = key.Child("transitions");
        int total = warmup + (table.DrawsPerChain * thinning), between = Math.Max(1, total / Reports), divergences = 0;
        for (int i = 0; i < total; i++)
        {
            if (i % TransitionsBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            sampler.Step(state, transitions.Child(i));
            if (i == warmup - 1)
            {
                potential.CheckAgainstModel(state.Point);
            }
            if (i >= warmup)
            {
                divergences += state.Last.IsDivergent ? 1 : 0;
                if ((i - warmup) % thinning == thinning - 1)
                {
                    table.Write(chain, (i - warmup) / thinning, potential, state);
                }
            }
            if (progress is not null && ((i + 1) % between == 0 || i == total - 1))
            {
                progress.Report(new McmcProgress(chain, i + 1, total, i + 1 < warmup, divergences, state.Last.StepSize));
            }
        }
    }
}
