using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>What <see cref="Smc"/> found.</summary>
public sealed class SmcResult
{
    private readonly Smc settings;

    internal SmcResult(Draws draws, SmcRun[] runs, Smc settings, IReadOnlyList<PotentialFailure> failures)
    {
        (Draws, this.settings, Failures) = (draws, settings, failures);
        Stages = [.. runs.Select(run => (IReadOnlyList<SmcStage>)run.Stages)];
        LogEvidences = [.. runs.Select(run => run.LogEvidence)];
        double[] logs = [.. LogEvidences];
        LogEvidence = SampleMoments.LogSumExp(logs) - Math.Log(logs.Length);
        double[] ratios = Array.ConvertAll(logs, log => Math.Exp(log - LogEvidence));
        LogEvidenceStandardError = Math.Sqrt(SampleMoments.Variance(ratios) / ratios.Length);
    }

    /// <summary>The particles of all populations at the posterior, [populations, particles, …]: populations are the chains of the draws. They are no
    /// chains in time: the effective sizes of their summary say nothing, R-hat says whether populations agree.</summary>
    public Draws Draws { get; }

    /// <summary>The values of one quantity, [populations, particles, …].</summary>
    /// <param name="name">The name of its site.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string name] => Draws[name];

    /// <summary>The logarithm of the evidence: of the mean of the populations' estimates, each without bias.</summary>
    public double LogEvidence { get; }

    /// <summary>The standard error of <see cref="LogEvidence"/> by the spread of the populations (delta method); NaN for one population.</summary>
    public double LogEvidenceStandardError { get; }

    /// <summary>The estimate of each population.</summary>
    public IReadOnlyList<double> LogEvidences { get; }

    /// <summary>The temperatures of each population.</summary>
    public IReadOnlyList<IReadOnlyList<SmcStage>> Stages { get; }

    /// <summary>At which points the model could not be computed.</summary>
    public IReadOnlyList<PotentialFailure> Failures { get; }

    /// <summary>A table of means, deviations and quantiles, with what is to be said of the run.</summary>
    /// <param name="options">What the table shows.</param>
    public Summary Summary(SummaryOptions? options = null)
    {
        options ??= new SummaryOptions();
        return Draws.Summary(options with { Notes = [.. options.Notes, .. Advice] });
    }

    /// <summary>What is to be said of the run, one sentence each; empty where nothing speaks against it.</summary>
    public IReadOnlyList<string> Advice
    {
        get
        {
            List<string> advice = [];
            SmcStage[] all = [.. Stages.SelectMany(run => run)];
            int cut = all.Count(stage => stage.Sweeps >= settings.MaxSweeps && stage.Correlation > settings.Correlation);
            if (cut > 0)
            {
                advice.Add(FormattableString.Invariant($"At {cut} of {all.Length} temperatures the particles had not moved enough after ")
                    + FormattableString.Invariant($"{settings.MaxSweeps} sweeps: take other moves, or more MaxSweeps."));
            }
            if (all.Any(stage => stage.Acceptance < 0.02))
            {
                advice.Add("At some temperatures under 2 % of the moves were accepted: particles are copies of each other. Take other moves.");
            }
            if (LogEvidenceStandardError > 0.5)
            {
                advice.Add(FormattableString.Invariant($"The populations disagree about the evidence (standard error ")
                    + FormattableString.Invariant($"{LogEvidenceStandardError:0.00} ")
                    + "of its logarithm), so they may weigh modes differently: take more particles.");
            }
            return advice;
        }
    }
}
