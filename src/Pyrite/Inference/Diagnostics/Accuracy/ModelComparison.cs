using System.Globalization;
using Pyrite.Inference.Diagnostics.Accuracy;
using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Inference.Diagnostics.Summaries;

namespace Pyrite;

/// <summary>Models ranked by how well they predict the same observations, with weights to average their predictions.</summary>
/// <remarks>Yao, Vehtari, Simpson, Gelman, "Using stacking to average Bayesian predictive distributions" (2018).</remarks>
public sealed class ModelComparison
{
    private ModelComparison(IReadOnlyList<ModelComparisonRow> rows) => Rows = rows;

    /// <summary>The models, best first.</summary>
    public IReadOnlyList<ModelComparisonRow> Rows { get; }

    /// <summary>Compares models of the same observations, in the same order.</summary>
    /// <param name="models">Names and accuracies, all by the same method; exact leave-one-out and PSIS-LOO count as one.</param>
    /// <param name="seed">The seed of the Bayesian bootstrap.</param>
    /// <exception cref="ArgumentException">There are fewer than two models, names repeat, methods or numbers of observations differ, or a value is
    /// not finite.</exception>
    public static ModelComparison Of(IReadOnlyList<(string Name, PredictiveAccuracy Accuracy)> models, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(models);
        RequireComparable(models);
        (string Name, PredictiveAccuracy Accuracy)[] ranked = [.. models.OrderByDescending(model => model.Accuracy.Elpd)];
        double[][] pointwise = Array.ConvertAll(ranked, model => model.Accuracy.Pointwise.ToArray());
        double[] stacking = ModelWeights.Stacking(pointwise),
            pseudoBma = ModelWeights.PseudoBma(pointwise, RandomKey.FromSeed(seed).Child("bootstrap"));
        var rows = new ModelComparisonRow[ranked.Length];
        for (int k = 0; k < rows.Length; k++)
        {
            double[] differences = new double[pointwise[0].Length];
            for (int i = 0; i < differences.Length; i++)
            {
                differences[i] = pointwise[k][i] - pointwise[0][i];
            }
            double error = k == 0 ? 0 : Math.Sqrt(differences.Length * SampleMoments.Variance(differences));
            rows[k] =
                new ModelComparisonRow(ranked[k].Name, ranked[k].Accuracy, SampleMoments.Mean(differences) * differences.Length, error, stacking[k],
                    pseudoBma[k]);
        }
        return new ModelComparison(rows);
    }

    /// <summary>The ranking as an aligned table.</summary>
    public override string ToString()
    {
        TextTable table = new(Rows[0].Accuracy.Method, "elpd", "SE", "difference", "SE of it", "parameters", "stacking", "pseudo-BMA+");
        foreach (ModelComparisonRow row in Rows)
        {
            table.Add(
                row.Name, Tenths(row.Accuracy.Elpd), Tenths(row.Accuracy.StandardError), Tenths(row.Difference), Tenths(row.DifferenceError),
                Parameters(row.Accuracy.EffectiveParameters), Share(row.StackingWeight), Share(row.PseudoBmaWeight));
        }
        return table.ToString();
    }

    private static string Parameters(double value) => double.IsNaN(value) ? "-" : Tenths(value);

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static void RequireComparable(IReadOnlyList<(string Name, PredictiveAccuracy Accuracy)> models)
    {
        if (models.Count < 2)
        {
            throw new ArgumentException($"A comparison needs two models or more; {models.Count} were given.", nameof(models));
        }
        HashSet<string> names = [];
        PredictiveAccuracy first = models[0].Accuracy;
        foreach ((string name, PredictiveAccuracy accuracy) in models)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"Two models are called \"{name}\". Give each a name of its own.", nameof(models));
            }
            bool isSame = accuracy.Method == first.Method || (accuracy.LeavesOneOut && first.LeavesOneOut);
            if (accuracy.Pointwise.Count != first.Pointwise.Count || !isSame)
            {
                throw new ArgumentException(
                    $"Model \"{name}\" has {accuracy.Method} of {accuracy.Pointwise.Count} observations, "
                        + $"\"{models[0].Name}\" {first.Method} of {first.Pointwise.Count}. Only one method on the same observations compares "
                        + "models.",
                    nameof(models));
            }
            if (!double.IsFinite(accuracy.Elpd))
            {
                throw new ArgumentException(
                    $"Model \"{name}\" has elpd {accuracy.Elpd}: an observation's log-likelihood is not finite. {accuracy.Advice.FirstOrDefault()}",
                        nameof(models));
            }
        }
    }
}
