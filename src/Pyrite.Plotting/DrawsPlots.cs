using System.Globalization;
using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Plotting.Posteriors;
using ScottPlot;

namespace Pyrite.Plotting;

/// <summary>Pictures of draws, to look at mixing, posteriors and predictions; each is a plot of ScottPlot, saved with <c>SavePng</c>,
/// <c>SaveSvg</c> or <c>SavePdf</c>.</summary>
/// <remarks>Names are those of quantities, which stand for all of their numbers, or of single numbers such as <c>theta[0]</c>; without names
/// everything is shown.</remarks>
public sealed class DrawsPlots
{
    private const int MostPanels = 24;
    private const int MostPairs = 8;
    private const int MostRows = 200;
    private const int MostTracePoints = 4000;
    private const int LargestSide = 8192;
    private const int LargestLag = 40;
    private const int RankBins = 20;
    private const int PanelWidth = 900;
    private const int PanelHeight = 210;

    private readonly Draws draws;
    private readonly Draws? statistics;

    /// <summary>Plots of draws.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="statistics">What the sampler reported, under the names of <see cref="SamplerColumns"/>; null if nothing.</param>
    public DrawsPlots(Draws draws, Draws? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(draws);
        this.draws = draws;
        this.statistics = statistics;
    }

    /// <summary>Each chain's draws in their order, a row for each number: chains that mix look like the same noise.</summary>
    /// <param name="names">What to show, 24 numbers at most.</param>
    /// <exception cref="ArgumentException">There are too many numbers, or none.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public Figure Trace(params string[] names) => Rows(PlottedScalar.Choose(draws, names, "traces", MostPanels), "Traces", scalar =>
    {
        Chart chart = Panel("draw", scalar.Name);
        int stride = Math.Max(1, draws.DrawsPerChain / MostTracePoints);
        double[] x = Every(stride, i => i);
        for (int chain = 0; chain < draws.Chains; chain++)
        {
            int start = chain * draws.DrawsPerChain;
            chart.AddLine(ChainName(chain), x, Every(stride, i => scalar.Values[start + i]), ChainColor(chain).WithOpacity(0.8), width: 0.9);
        }
        return chart;
    });

    /// <summary>The ranks of each chain's draws among all draws: flat where the chains agree.</summary>
    /// <inheritdoc cref="Trace"/>
    public Figure RankHistograms(params string[] names)
    {
        List<PlottedScalar> scalars = PlottedScalar.Choose(draws, names, "ranks", MostPanels);
        Figure figure = new(scalars.Count, draws.Chains, draws.HasChains ? "Ranks of each chain's draws among all" : "Ranks",
            Math.Min(LargestSide, Math.Max(500, 260 * draws.Chains)), HeightOf(scalars.Count));
        foreach (PlottedScalar scalar in scalars)
        {
            double[] ranks = Ranks(scalar);
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                string title = draws.HasChains ? $"{scalar.Name}, {ChainName(chain)}" : scalar.Name;
                Chart chart = new(title, "rank", "count", figure.Cell.Width, figure.Cell.Height) { LegendPlacement = LegendPlacement.None };
                chart.AddHistogram("", ChainOf(ranks, chain), RankBins, low: 0, high: draws.Count + 1, color: ChainColor(chain));
                chart.AddReferenceHeight((double)draws.DrawsPerChain / RankBins);
                figure.Add(chart);
            }
        }
        return figure;
    }

    /// <summary>The share of each chain's draws up to each rank among all draws, minus that of evenly spread ranks, with a band that holds 95 % of
    /// such curves as a whole if the chains agree; a row for each number.</summary>
    /// <inheritdoc cref="Trace"/>
    /// <remarks>Säilynoja, Bürkner and Vehtari, "Graphical test for discrete uniformity and its applications in goodness-of-fit evaluation and
    /// multiple sample comparison" (2022). The band is that of independent draws; draws that depend on each other leave it
    /// sooner.</remarks>
    public Figure RankEcdf(params string[] names) =>
        Rows(PlottedScalar.Choose(draws, names, "rank ECDFs", MostPanels), "ECDF of ranks minus uniform", scalar =>
        {
            Chart chart = Panel("share of ranks", scalar.Name);
            double[] shares = Array.ConvertAll(Ranks(scalar), rank => (rank - 0.5) / draws.Count);
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                PitEcdf ecdf = PitEcdf.Of(ChainOf(shares, chain));
                if (chain == 0)
                {
                    chart.AddBand("95 % simultaneous", [.. ecdf.X], [.. ecdf.Lower], [.. ecdf.Upper], color: Theme.Faint, opacity: 0.18);
                }
                chart.AddLine(ChainName(chain), [.. ecdf.X], [.. ecdf.Difference], ChainColor(chain), width: 1.6);
            }
            return chart;
        });

    /// <summary>The density of each chain's draws, a row for each number.</summary>
    /// <inheritdoc cref="Trace"/>
    /// <remarks>Gaussian kernels with Silverman's bandwidth (the axis states the widest one), reflected at zero for quantities of one sign that come
    /// near it.</remarks>
    public Figure Densities(params string[] names) =>
        Rows(PlottedScalar.Choose(draws, names, "densities", MostPanels), "Posterior densities", scalar =>
        {
            KernelDensity[] densities = new KernelDensity[draws.Chains];
            double widest = 0;
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                densities[chain] = KernelDensity.Of(scalar.Chain(draws, chain));
                widest = Math.Max(widest, densities[chain].Bandwidth);
            }
            Chart chart = Panel($"{scalar.Name} (kernel bandwidth {Short(widest)})", "density");
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                chart.AddLine(ChainName(chain), densities[chain].X, densities[chain].Height, ChainColor(chain), width: 1.6);
            }
            return chart.FromZero();
        });

    /// <summary>How often the draws of all chains fall into equally wide bins, a row for each number.</summary>
    /// <inheritdoc cref="Trace"/>
    public Figure Histograms(params string[] names) =>
        Rows(PlottedScalar.Choose(draws, names, "histograms", MostPanels), "Posterior histograms", scalar =>
        {
            Chart chart = Panel(scalar.Name, "count");
            chart.AddHistogram("", scalar.Values);
            return chart;
        });

    /// <summary>The densities of all chains' draws above each other on one axis: a ridge plot.</summary>
    /// <param name="names">What to show, 200 numbers at most.</param>
    /// <remarks>Each ridge is as high as the others; kernels as for <see cref="Densities"/>.</remarks>
    /// <exception cref="ArgumentException">There are too many numbers, or none.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public Chart Ridges(params string[] names) => IntervalPlots.Ridges(PlottedScalar.Choose(draws, names, "ridges", MostRows));

    /// <summary>Medians with the intervals that hold the middle 50 % and 90 % of the draws: a forest plot.</summary>
    /// <param name="names">What to show, 200 numbers at most; each quantity of several is a group with a colour of its own.</param>
    /// <exception cref="ArgumentException">There are too many numbers, or none.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public Chart Intervals(params string[] names) => IntervalPlots.Forest(draws, PlottedScalar.Choose(draws, names, "intervals", MostRows));

    /// <summary>Every number against every other, with divergent transitions marked: they gather where the sampler fails.</summary>
    /// <param name="names">What to show, 2 to 8 numbers.</param>
    /// <exception cref="ArgumentException">There are too many numbers, or fewer than two.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public Figure Pairs(params string[] names)
    {
        List<PlottedScalar> scalars = PlottedScalar.Choose(draws, names, "pairs", MostPairs);
        return scalars.Count >= 2
            ? PairsPlot.Of(scalars, Statistic(SamplerColumns.Divergent))
            : throw new ArgumentException($"Pairs need two numbers or more; only \"{scalars[0].Name}\" was named.", nameof(names));
    }

    /// <summary>The correlation of each chain's draws with those some lags before, a row for each number; the band holds 95 % for independent
    /// draws.</summary>
    /// <inheritdoc cref="Trace"/>
    public Figure Autocorrelation(params string[] names)
    {
        int lags = Math.Min(LargestLag + 1, draws.DrawsPerChain);
        double bound = 1.96 / Math.Sqrt(draws.DrawsPerChain);
        double[] x = [.. Enumerable.Range(0, lags).Select(lag => (double)lag)];
        return Rows(PlottedScalar.Choose(draws, names, "autocorrelations", MostPanels), "Autocorrelation", scalar =>
        {
            Chart chart = Panel("lag", scalar.Name);
            chart.AddBand("independent", x, Array.ConvertAll(x, _ => -bound), Array.ConvertAll(x, _ => bound), color: Theme.Faint, opacity: 0.18);
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                chart.AddLine(ChainName(chain), x, SampleStatistics.Autocorrelation(scalar.Chain(draws, chain))[..lags], ChainColor(chain), 1.6);
            }
            return chart;
        });
    }

    /// <summary>The spread of the energies beside that of their changes from draw to draw: where changes are much narrower, momentum resampling
    /// explores too slowly.</summary>
    /// <exception cref="InvalidOperationException">The sampler reported no energies.</exception>
    public Chart Energy()
    {
        double[] energies = Statistic(SamplerColumns.Energy)
            ?? throw new InvalidOperationException(
                $"An energy plot needs the sampler's statistic \"{SamplerColumns.Energy}\"; these draws came without it.");
        double mean = SampleMoments.Mean(energies);
        double[] changes =
            [.. Enumerable.Range(1, energies.Length - 1).Where(i => i % draws.DrawsPerChain != 0).Select(i => energies[i] - energies[i - 1])];
        KernelDensity spread = KernelDensity.Of(Array.ConvertAll(energies, energy => energy - mean)), steps = KernelDensity.Of(changes);
        double lowest = ChainDiagnostics.EnergyBfmi(energies, draws.Chains).Aggregate(double.PositiveInfinity, Math.Min);
        Chart chart = new($"Energy (lowest E-BFMI of a chain: {lowest.ToString("0.00", CultureInfo.InvariantCulture)})",
            $"energy (kernel bandwidths {Short(spread.Bandwidth)} and {Short(steps.Bandwidth)})", "density");
        chart.AddBand("energy - mean", spread.X, new double[spread.X.Length], spread.Height, spread.Height, ChainColor(0));
        chart.AddBand("change between draws", steps.X, new double[steps.X.Length], steps.Height, steps.Height, ChainColor(1));
        return chart.FromZero();
    }

    /// <summary>The density of observed data over those of data drawn from the fitted model: a posterior predictive check.</summary>
    /// <param name="name">The quantity that was redrawn.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="replicates">How many draws to show, spread evenly over all; at least 1.</param>
    /// <exception cref="ArgumentException">The data have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public Chart PredictiveCheck(string name, Tensor observed, int replicates = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        return Redrawn(name, observed).Densities(replicates);
    }

    /// <summary>How often each count was observed, over how often it is drawn from the fitted model: a hanging rootogram for counts.</summary>
    /// <param name="name">The quantity that was redrawn.</param>
    /// <param name="observed">The data, whole numbers from 0 to 10,000, as many as one draw.</param>
    /// <remarks>Heights are square roots of numbers, so that deviations of rare and of frequent counts can be compared; the bars of the data hang
    /// from the mean of the draws, whose middle 90 % the band holds. Kleiber and Zeileis, "Visualizing count data regressions using rootograms"
    /// (2016).</remarks>
    /// <exception cref="ArgumentException">The data have another number of values than a draw, or are no counts.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public Chart PredictiveRootogram(string name, Tensor observed) => Redrawn(name, observed).Rootogram();

    /// <summary>The middle 50 % and 90 % of what the fitted model draws for each observation, with the data as points.</summary>
    /// <inheritdoc cref="PredictiveCheck"/>
    public Chart PredictiveIntervals(string name, Tensor observed) => Redrawn(name, observed).Intervals();

    /// <summary>A statistic of the data among those of data drawn from the fitted model, with the share of draws that reach it.</summary>
    /// <param name="name">The quantity that was redrawn.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="statistic">The statistic of one data set, such as its largest number.</param>
    /// <param name="label">What the statistic is called.</param>
    /// <exception cref="ArgumentException">The data have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public Chart PredictiveStatistic(string name, Tensor observed, Func<double[], double> statistic, string label = "statistic")
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(label);
        return Redrawn(name, observed).Statistic(statistic, label);
    }

    internal static string Short(double value) => value.ToString("G2", CultureInfo.InvariantCulture);

    private static Figure Rows(List<PlottedScalar> scalars, string title, Func<PlottedScalar, Chart> panel)
    {
        Figure figure = new(scalars.Count, 1, title, PanelWidth, HeightOf(scalars.Count));
        foreach (PlottedScalar scalar in scalars)
        {
            figure.Add(panel(scalar));
        }
        return figure;
    }

    private static int HeightOf(int rows) => Math.Min(LargestSide, 50 + (PanelHeight * rows));

    private static Color ChainColor(int chain) => Theme.LineColors[chain % Theme.LineColors.Count];

    private static double[] Ranks(PlottedScalar scalar) =>
        SortedSample.Of(Array.ConvertAll(scalar.Values, value => double.IsNaN(value) ? double.PositiveInfinity : value)).MeanRanks();

    private Redraws Redrawn(string name, Tensor observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return new Redraws(draws.Variable(name), draws.Count, observed);
    }

    private Chart Panel(string xLabel, string yLabel) => new("", xLabel, yLabel, PanelWidth, PanelHeight)
    {
        LegendPlacement = draws.HasChains ? LegendPlacement.Right : LegendPlacement.None,
    };

    private double[] ChainOf(double[] values, int chain) => values[(chain * draws.DrawsPerChain)..((chain + 1) * draws.DrawsPerChain)];

    private double[] Every(int stride, Func<int, double> value) =>
        [.. Enumerable.Range(0, (draws.DrawsPerChain + stride - 1) / stride).Select(i => value(i * stride))];

    private string ChainName(int chain) => draws.HasChains ? "chain " + chain.ToString(CultureInfo.InvariantCulture) : "draws";

    private double[]? Statistic(string name) => statistics is not null && statistics.Contains(name) ? statistics.Scalar(name) : null;
}
