using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite.Inference.Validation;

/// <summary>A model of all rows, and of all but some.</summary>
/// <param name="name">The site whose observations are rows.</param>
/// <param name="rows">How many rows.</param>
/// <param name="scoring">The model that scores all rows after a fit without some.</param>
/// <param name="without">The model without some.</param>
internal sealed class PartedModel(string name, int rows, Func<int[], Action> scoring, Func<int[], Action> without)
{
    private readonly List<string> faults = [];
    private int fits;

    /// <summary>A model whose observations are masked.</summary>
    public static PartedModel Of(Action model, string name, int rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new PartedModel(name, rows, _ => model, left => new HeldOut(name, left, rows).From(model));
    }

    /// <summary>A model of the rows that it is given: those it may learn from, and those it observes.</summary>
    public static PartedModel Of(Action<Tensor, Tensor> model, string name, int rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Tensor all = Numbers([]);
        return new PartedModel(name, rows, left => Given(Numbers(left), all), left =>
        {
            Tensor others = Numbers(left);
            return Given(others, others);
        });
        Action Given(Tensor seen, Tensor observed) => () => model(seen, observed);
        Tensor Numbers(int[] left) => Tensor.From<long>([.. Enumerable.Range(0, rows).Except(left).Select(row => (long)row)]);
    }

    /// <summary>What the fits had to say, in one sentence; nothing where they were silent.</summary>
    public IReadOnlyList<string> FitAdvice => faults.Count == 0 ? [] : [$"{faults.Count} of {fits} fits may not be trusted. The first: {faults[0]}"];

    /// <summary>How many draws the fits have.</summary>
    public int Draws { get; private set; }

    /// <summary>The log-densities of rows under a fit without them.</summary>
    /// <param name="left">The rows.</param>
    /// <param name="fit">Makes the fit of a model.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public double[] Elpd(int[] left, Func<Action, McmcResult> fit)
    {
        McmcResult posterior = fit(without(left)) ?? throw new ArgumentException("A fit has given nothing. Return what Mcmc.Run gives.", nameof(fit));
        string what = left.Length == 1 ? $"row {left[0]}" : $"{left.Length} rows, {left[0]} among them";
        if (!posterior.IsComplete)
        {
            throw new OperationCanceledException($"The fit without {what} was cancelled, so the cross-validation is not complete.");
        }
        fits++;
        Draws = posterior.Draws.Count;
        if (posterior.Summary().Advice is { Count: > 0 } advice)
        {
            faults.Add($"without {what}, {advice[0]}");
        }
        double[][] densities = Densities(posterior, left);
        return Array.ConvertAll(left, row => LogMean(densities[row]));
    }

    /// <summary>The log-densities of all rows under a fit of all.</summary>
    public double[] Lpd(McmcResult posterior) => Array.ConvertAll(Densities(posterior, []), LogMean);

    private static double LogMean(double[] logs) => SampleMoments.LogSumExp(logs) - Math.Log(logs.Length);

    /// <summary>The log-density of each row in each draw. All rows are looked at, also for a fit of some: then plates of the rows have another size
    /// than in the fit, and what belongs to single rows is drawn anew, as it must be for new rows.</summary>
    private double[][] Densities(McmcResult posterior, int[] left)
    {
        DrawsVariable found = Predictive.LogLikelihood(scoring(left), posterior).Variable(name);
        if (found.Size != rows)
        {
            throw new ModelException(name, $"it has {found.Size} observations, one for each entry of its plates that counts; there are {rows} rows. "
                + "Open a plate over the rows that the model is given.");
        }
        return [.. Enumerable.Range(0, rows).Select(found.Scalar)];
    }
}
