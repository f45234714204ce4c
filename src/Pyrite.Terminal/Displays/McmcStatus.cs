namespace Pyrite.Displays;

/// <summary>How far the chains of a run are.</summary>
internal sealed class McmcStatus(TimeProvider time, int chains) : RunStatus(time)
{
    private const int MostBars = 8;

    private readonly McmcProgress?[] latest = new McmcProgress?[chains];
    private readonly HashSet<string> told = [];
    private readonly long[] first = new long[chains];

    /// <summary>Whether all chains have ended.</summary>
    public bool IsEnd => Array.TrueForAll(latest, chain => chain is { IsEnd: true });

    public override double Fraction => Done / Math.Max(Total, 1);

    private IEnumerable<McmcProgress> Begun => latest.OfType<McmcProgress>();

    private double Done => Begun.Sum(chain => (double)chain.Transitions);

    private double Total => (double)chains * Begun.First().Total;

    private int Divergences => Begun.Sum(chain => chain.Divergences);

    /// <summary>Takes a report; gives the note it brings, if that is new: what several chains say is said once.</summary>
    public string? Take(McmcProgress progress)
    {
        if (latest[progress.Chain] is null)
        {
            first[progress.Chain] = progress.Transitions;
        }
        latest[progress.Chain] = progress;
        return progress.Note is { } note && told.Add(note) ? note : null;
    }

    public override IReadOnlyList<BarLine> Bars() => chains > MostBars
        ? [new($"{chains} chains", Fraction, All().TrimStart())]
        : [.. latest.Select((chain, index) => OfChain(chain, $"chain {index + 1}")), new("", null, All().TrimStart())];

    public override string Line() => $"{Math.Floor(100 * Fraction)} %{All()}";

    public override string Summary()
    {
        bool isComplete = Begun.All(chain => chain.Transitions >= chain.Total) && Begun.Count() == chains;
        string transitions = isComplete ? $"{Begun.First().Total:N0} transitions each" : $"{Done:N0} of {Total:N0} transitions";
        string end = isComplete ? "" : ", stopped";
        return $"{Count(chains, "chain", "chains")}, {transitions} in {Took(Seconds)}, {Divergent(Divergences)}{end}";
    }

    private static BarLine OfChain(McmcProgress? chain, string name)
    {
        if (chain is not { } one)
        {
            return new(name, 0, "waiting");
        }
        bool isDone = one.Transitions >= one.Total;
        string phase = one.IsEnd ? isDone ? "done   " : "stopped" : one.IsWarmup ? "warm-up" : "drawing";
        string divergent = one.Divergences == 0 ? "" : $"  {Divergent(one.Divergences)}";
        return new(name, (double)one.Transitions / one.Total, $"{phase}  step size {one.StepSize:G3}{divergent}");
    }

    private static string Divergent(int count) => Count(count, "divergence", "divergences");

    private string All()
    {
        int warming = chains - Begun.Count(chain => !chain.IsWarmup);
        string phase = warming == 0 ? "drawing" : warming == chains ? "warming up" : $"{warming} of {chains} chains warming up";
        double begun = first.Sum();
        return $"  {phase}{Pace(Done - begun, Seconds, "transitions")}  {Divergent(Divergences)}{Left(begun / Math.Max(Total, 1))}";
    }
}
