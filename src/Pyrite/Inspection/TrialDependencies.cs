namespace Pyrite.Inspection;

/// <summary>Finds dependencies by trial: one latent site gets another value, all others keep theirs, and what changes directly depends on
/// it.</summary>
/// <remarks>Sees integers, comparisons and C# branches, which the gradient graph does not; may miss what happens to come out the same for both trial
/// values.</remarks>
internal sealed class TrialDependencies : Handler
{
    private const int Trials = 2;
    private const int DrawsPerTrial = 8;

    private readonly Trace first;
    private readonly string? changed;
    private readonly Tensor? replacement;
    private readonly HashSet<string> differing = [];
    private readonly HashSet<string> met = [];

    private TrialDependencies(Trace first, string? changed, Tensor? replacement)
    {
        this.first = first;
        this.changed = changed;
        this.replacement = replacement;
    }

    /// <summary>Runs a model several times for each latent site and reports pairs of names, the used site first.</summary>
    public static void Find(Action model, Handler[] handlers, Trace first, Action<string, string> report)
    {
        // What differs although nothing was changed (dropout, a counter in the model) says nothing.
        HashSet<string> restless = Run(model, handlers, new TrialDependencies(first, null, null));
        foreach (SampleSite site in first.SampleSites)
        {
            for (int trial = 0; trial < Trials && !site.IsObserved; trial++)
            {
                if (Another(site, trial) is { } value)
                {
                    foreach (string dependent in Run(model, handlers, new TrialDependencies(first, site.Name, value)).Except(restless))
                    {
                        report(site.Name, dependent);
                    }
                }
            }
        }
    }

    protected internal override void Before(SampleSite site)
    {
        if (site.Name == changed)
        {
            site.Value = replacement!;
        }
        else if (!site.IsObserved && first.Find(site.Name) is SampleSite recorded)
        {
            site.Value = recorded.Value;
        }
    }

    protected internal override void After(SampleSite site)
    {
        met.Add(site.Name);
        if (site.Name != changed
            && (first.Find(site.Name) is not SampleSite recorded || !IsSame(site.Distribution, recorded.Distribution, recorded.Value)))
        {
            differing.Add(site.Name);
        }
    }

    protected internal override void After(DeterministicSite site)
    {
        met.Add(site.Name);
        if (first.Find(site.Name) is DeterministicSite recorded)
        {
            if (!IsSame(site.Value, recorded.Value))
            {
                differing.Add(site.Name);
            }
            site.Value = recorded.Value;
        }
    }

    private static HashSet<string> Run(Action model, Handler[] handlers, TrialDependencies trial)
    {
        Trace.Of(model, [new SeedHandler(0), trial, .. handlers]);

        // A site that a branch leaves out depends on what decided the branch.
        trial.differing.UnionWith(trial.first.Sites.Where(s => s is SampleSite or DeterministicSite).Select(s => s.Name).Except(trial.met));
        return trial.differing;
    }

    /// <summary>Another value of a site, or null where draws are always the same.</summary>
    private static Tensor? Another(SampleSite site, int trial)
    {
        RandomKey key = RandomKey.FromSeed(0).Child("trial").Child(site.Name).Child(trial);
        for (int draw = 0; draw < DrawsPerTrial; draw++)
        {
            Tensor value = site.Distribution.Sample(key.Child(draw)).Detach();
            if (!IsSame(value, site.Value))
            {
                return value;
            }
        }
        return null;
    }

    private static bool IsSame(Distribution a, Distribution b, Tensor value)
    {
        if (a.Name != b.Name || a.BatchShape != b.BatchShape || a.EventShape != b.EventShape || a.Parameters.Count != b.Parameters.Count)
        {
            return false;
        }
        for (int i = 0; i < a.Parameters.Count; i++)
        {
            if (!IsSame(a.Parameters[i].Value, b.Parameters[i].Value))
            {
                return false;
            }
        }
        try
        {
            return IsSame(a.LogProb(value), b.LogProb(value));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static bool IsSame(Tensor a, Tensor b) =>
        ReferenceEquals(a, b) || (a.Shape == b.Shape && a.ToArray<double>().AsSpan().SequenceEqual(b.ToArray<double>()));
}
