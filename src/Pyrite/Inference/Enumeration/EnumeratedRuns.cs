using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>All runs of a model that its sequentially enumerated sites ask for: one if it has none.</summary>
/// <param name="Runs">The trace and the scores of each.</param>
internal sealed record EnumeratedRuns(IReadOnlyList<EnumeratedRun> Runs)
{
    private const int Shown = 12;

    /// <summary>Runs a model once, and again for every choice of values of its sequential sites.</summary>
    /// <param name="scope">Where tensors are lifted.</param>
    /// <param name="isSummed">Which latent sites to sum out.</param>
    /// <param name="run">Runs the model with the handler as the innermost one.</param>
    public static EnumeratedRuns Of(LiftingScope scope, Func<SampleSite, bool> isSummed, Func<EnumerationHandler, Trace> run)
    {
        List<EnumeratedRun> runs = [];
        SequentialPath path = new();
        do
        {
            path.Begin();
            EnumerationHandler handler = new(scope, path, isSummed);
            Trace trace = Explained(() => run(handler));
            RequireUnweighted(path, trace);
            runs.Add(new EnumeratedRun(scope, handler, trace, [.. path.Choices]));
        }
        while (path.Advance());
        return new EnumeratedRuns(runs);
    }

    /// <summary>The log of the sum over all values of all sites.</summary>
    public Tensor LogEvidence()
    {
        Tensor[] terms = [.. Runs.Select(run => Explained(() => run.Factors().Total()))];
        return terms.Length == 1 ? terms[0] : Tensor.Stack(terms).LogSumExpOverLast();
    }

    /// <summary>Turns a read of an enumerated value into an error of the model.</summary>
    public static T Explained<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LiftedReadException read)
        {
            throw Refusal(read);
        }
        catch (LiftedSizeException size)
        {
            string sites = string.Join(", ", size.Axes.Take(Shown).Select(axis => axis.ToString()));
            throw new ModelException(ModelError.EnumerationTooCostly, size.Axes[0].Whole.Name, FormattableString.Invariant(
                $"{size.Axes.Count} discrete sites meet in one number of the model ({sites}{(size.Axes.Count > Shown ? ", …" : "")}), so ")
                + FormattableString.Invariant($"that all their joint values are {size.Count:0.###e+0} numbers. ")
                + $"{SumProduct.LessCoupling} Of many alike sites that count by their sum alone make one (Binomial).", size);
        }
        catch (ArgumentException failure) when (failure.InnerException is LiftedReadException read)
        {
            throw Refusal(read);
        }
    }

    /// <summary>A weight belongs outside of the sum over a site's values, but runs are weighted as a whole.</summary>
    private static void RequireUnweighted(SequentialPath path, Trace trace)
    {
        foreach ((string name, _, _) in path.Choices)
        {
            if (trace.Find(name) is SampleSite site && (site.Scale != 1 || site.Weight is not null))
            {
                throw new ModelException(ModelError.EnumerationImpossible, name,
                    "the model takes it value by value (Enumerate.Sequential), but it is in a subsampled plate, or a ScaleHandler is around it: "
                        + "such a weight stands outside of the sum over its values, which whole runs cannot do. Leave the option or the weight out.");
            }
        }
    }

    private static ModelException Refusal(LiftedReadException read) => new(ModelError.EnumeratedValueRead, read.Axes[0].Whole.Name,
        "the model reads a number that depends on it, but the site is summed out, all values at once. Compute with tensors, for example "
            + "Tensor.Where(z > 0, a, b), or loc.Take(z) for an index; or give the site options: Enumerate.Sequential, which runs the model once "
            + "for each value, or in variational inference Enumerate.Never, which draws it.", read);
}
