using System.Globalization;
using Pyrite.Inference.Diagnostics.Accuracy;
using Pyrite.Inference.Diagnostics.Summaries;

namespace Pyrite;

/// <summary>How much a posterior changes when the prior or the likelihood is raised to a power a little above or below 1.</summary>
/// <remarks>No refit: draws are weighted by Pareto-smoothed ratios. The distance is the cumulative Jensen-Shannon distance of the distribution
/// functions, its size that of a change by a power of 2. Kallioinen, Paananen, Bürkner and Vehtari, "Detecting and diagnosing prior and likelihood
/// sensitivity with power-scaling", 2023. In hierarchies scale the priors at the top: name their sites.</remarks>
public sealed class PowerScaling
{
    /// <summary>A sensitivity from here on says something.</summary>
    public const double Threshold = 0.05;

    private PowerScaling(IReadOnlyList<PowerScalingRow> rows, IReadOnlyList<string> advice)
    {
        Rows = rows;
        Advice = advice;
    }

    /// <summary>The numbers, in the order of the draws.</summary>
    public IReadOnlyList<PowerScalingRow> Rows { get; }

    /// <summary>What cannot be trusted; empty where all can.</summary>
    public IReadOnlyList<string> Advice { get; }

    /// <summary>Looks at draws.</summary>
    /// <param name="posterior">The draws of what is of interest.</param>
    /// <param name="logPrior">Log-densities of the priors under the same draws, of <c>Predictive.LogPrior</c>; all quantities count.</param>
    /// <param name="logLikelihood">Log-densities of the observations, of <c>Predictive.LogLikelihood</c>; all quantities count.</param>
    /// <exception cref="ArgumentException">Log-densities are of another number of draws.</exception>
    public static PowerScaling Of(Draws posterior, Draws logPrior, Draws logLikelihood)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ScaledWeights prior = ScaledWeights.Of(posterior, logPrior, "prior"), likelihood = ScaledWeights.Of(posterior, logLikelihood, "likelihood");
        List<PowerScalingRow> rows = [];
        foreach (DrawsVariable variable in posterior.Variables)
        {
            for (int i = 0; i < variable.Size; i++)
            {
                double[] values = variable.Scalar(i);
                rows.Add(new PowerScalingRow(variable.ScalarNames[i], prior.Sensitivity(values), likelihood.Sensitivity(values)));
            }
        }
        return new PowerScaling(rows, [.. new[] { prior.Problem, likelihood.Problem }.OfType<string>()]);
    }

    /// <summary>The sensitivities as an aligned table, with what they mean.</summary>
    public override string ToString()
    {
        TextTable table = new("", "prior", "likelihood", "");
        foreach (PowerScalingRow row in Rows)
        {
            table.Add(row.Name, Digits(row.Prior), Digits(row.Likelihood), row.Diagnosis ?? "");
        }
        return table + string.Concat(Advice.Select(sentence => sentence + "\n"));
    }

    private static string Digits(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
