using System.Globalization;
using Pyrite.Inference.Diagnostics.Plots;
using Pyrite.Inference.Diagnostics.Statistics;
using Pyrite.Plotting;

namespace Pyrite;

/// <summary>Pictures of draws, to look at mixing, posteriors and predictions; each is saved with <c>SavePng</c> or <c>SaveSvg</c>.</summary>
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

    private static readonly Rgb Ink = Rgb.Parse("#1f2328");
    private static readonly Rgb Blue = Rgb.Parse("#5790fc");

    // The colours that line charts give to their first lines, so that a chain looks alike in all plots.
    private static readonly Rgb[] ChainColors =
        Array.ConvertAll((string[])["#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd"], Rgb.Parse);

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
        LineChart chart = Panel("draw", scalar.Name);
        int stride = Math.Max(1, draws.DrawsPerChain / MostTracePoints);
        double[] x = Every(stride, i => i), y;
        for (int chain = 0; chain < draws.Chains; chain++)
        {
            int start = chain * draws.DrawsPerChain;
            y = Every(stride, i => scalar.Values[start + i]);
            chart.Add(ChainName(chain), x, y, width: 0.9, opacity: 0.8);
        }
        return chart;
    });

    /// <summary>The ranks of each chain's draws among all draws: flat where the chains agree.</summary>
    /// <inheritdoc cref="Trace"/>
    public Figure RankHistograms(params string[] names)
    {
        List<PlottedScalar> scalars = PlottedScalar.Choose(draws, names, "ranks", MostPanels);
        string title = draws.HasChains ? "Ranks of each chain's draws among all" : "Ranks";
        Figure figure =
            new(scalars.Count, draws.Chains)
            {
                Title = title,
                Width = Math.Min(LargestSide, Math.Max(500, 260 * draws.Chains)),
                Height = HeightOf(scalars.Count)
            };
        foreach (PlottedScalar scalar in scalars)
        {
            double[] ranks =
                SortedSample.Of(Array.ConvertAll(scalar.Values, value => double.IsNaN(value) ? double.PositiveInfinity : value)).MeanRanks();
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                figure.Add(new Histogram
                {
                    Title = draws.HasChains ? $"{scalar.Name}, {ChainName(chain)}" : scalar.Name,
                    XAxis = new Axis("rank", minimum: 0, maximum: draws.Count + 1),
                    Bins = RankBins,
                    ReferenceHeight = (double)draws.DrawsPerChain / RankBins,
                    Legend = LegendPosition.None,
                }.Add(ChainName(chain), ranks.AsSpan(chain * draws.DrawsPerChain, draws.DrawsPerChain), ChainColor(chain)));
            }
        }
        return figure;
    }

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
        LineChart chart = Panel($"{scalar.Name} (kernel bandwidth {Short(widest)})", "density", fromZero: true);
        for (int chain = 0; chain < draws.Chains; chain++)
        {
            chart.Add(ChainName(chain), densities[chain].X, densities[chain].Height, width: 1.6);
        }
        return chart;
    });

    /// <summary>Medians with the intervals that hold the middle 50 % and 90 % of the draws: a forest plot.</summary>
    /// <param name="names">What to show, 200 numbers at most.</param>
    /// <exception cref="ArgumentException">There are too many numbers, or none.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public IntervalChart Intervals(params string[] names)
    {
        List<PlottedScalar> scalars = PlottedScalar.Choose(draws, names, "intervals", MostRows);
        IntervalChart chart = new()
        {
            Title = "Posterior intervals",
            XAxis = new Axis("value"),
            Note = "median, middle 50 % and 90 %",
            Height = Math.Clamp(110 + (26 * scalars.Count), 240, LargestSide),
        };
        foreach (PlottedScalar scalar in scalars)
        {
            double[] q = SampleStatistics.Quantiles(scalar.Values, 0.05, 0.25, 0.5, 0.75, 0.95);
            chart.Add(scalar.Name, q[2], (q[1], q[3]), (q[0], q[4]));
        }
        return chart;
    }

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
        double[] x = new double[lags], upper = new double[lags], lower = new double[lags];
        for (int lag = 0; lag < lags; lag++)
        {
            x[lag] = lag;
            upper[lag] = 1.96 / Math.Sqrt(draws.DrawsPerChain);
            lower[lag] = -upper[lag];
        }
        return Rows(PlottedScalar.Choose(draws, names, "autocorrelations", MostPanels), "Autocorrelation", scalar =>
        {
            LineChart chart = Panel("lag", scalar.Name).AddBand("independent", x, lower, upper, Rgb.Gray(110));
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                chart.Add(ChainName(chain), x, SampleStatistics.Autocorrelation(scalar.Chain(draws, chain)).AsSpan(0, lags), width: 1.6);
            }
            return chart;
        });
    }

    /// <summary>The spread of the energies beside that of their changes from draw to draw: where changes are much narrower, momentum resampling
    /// explores too slowly.</summary>
    /// <exception cref="InvalidOperationException">The sampler reported no energies.</exception>
    public LineChart Energy()
    {
        double[] energies = Statistic(SamplerColumns.Energy)
            ?? throw new InvalidOperationException(
                $"An energy plot needs the sampler's statistic \"{SamplerColumns.Energy}\"; these draws came without it.");
        double mean = SampleMoments.Mean(energies);
        List<double> changes = [];
        for (int i = 1; i < energies.Length; i++)
        {
            if (i % draws.DrawsPerChain != 0)
            {
                changes.Add(energies[i] - energies[i - 1]);
            }
        }
        KernelDensity spread = KernelDensity.Of(Array.ConvertAll(energies, energy => energy - mean)), steps = KernelDensity.Of(changes.ToArray());
        double lowest = double.PositiveInfinity;
        foreach (double fraction in ChainDiagnostics.EnergyBfmi(energies, draws.Chains))
        {
            lowest = Math.Min(lowest, fraction);
        }
        return new LineChart
        {
            Title = $"Energy (lowest E-BFMI of a chain: {lowest.ToString("0.00", CultureInfo.InvariantCulture)})",
            XAxis = new Axis($"energy (kernel bandwidths {Short(spread.Bandwidth)} and {Short(steps.Bandwidth)})"),
            YAxis = new Axis("density", minimum: 0),
        }.AddBand("energy - mean", spread.X, new double[spread.X.Length], spread.Height)
            .AddBand("change between draws", steps.X, new double[steps.X.Length], steps.Height)
            .Add("energy - mean", spread.X, spread.Height).Add("change between draws", steps.X, steps.Height);
    }

    /// <summary>The density of observed data over those of data drawn from the fitted model: a posterior predictive check.</summary>
    /// <param name="name">The quantity that was redrawn.</param>
    /// <param name="observed">The data, as many numbers as one draw.</param>
    /// <param name="replicates">How many draws to show, spread evenly over all; at least 1.</param>
    /// <exception cref="ArgumentException">The data have another number of values than a draw.</exception>
    /// <exception cref="KeyNotFoundException">There is no such quantity.</exception>
    public LineChart PredictiveCheck(string name, Tensor observed, int replicates = 50)
    {
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        DrawsVariable variable = draws.Variable(name);
        double[] data = observed.ToArray<double>();
        int size = checked((int)variable.EventShape.Count);
        if (data.Length != size || size == 0)
        {
            throw new ArgumentException(
                $"Draws of \"{name}\" have shape {variable.EventShape}, {size} numbers; the data have shape {observed.Shape}.", nameof(observed));
        }
        LineChart chart = new() { Title = $"Posterior predictive check of {name}", XAxis = new Axis(name), YAxis = new Axis("density", minimum: 0) };
        int shown = Math.Min(replicates, draws.Count);
        for (int i = 0; i < shown; i++)
        {
            int draw = (int)((long)i * draws.Count / shown);
            KernelDensity density = KernelDensity.Of(variable.Values.Slice(draw * size, size));
            chart.Add(i == 0 ? $"{shown} draws from the model" : "", density.X, density.Height, color: Blue, width: 1, opacity: 0.45);
        }
        KernelDensity truth = KernelDensity.Of(data);
        return chart.Add($"data (kernel bandwidth {Short(truth.Bandwidth)})", truth.X, truth.Height, color: Ink, width: 3);
    }

    private static Figure Rows(List<PlottedScalar> scalars, string title, Func<PlottedScalar, LineChart> panel)
    {
        Figure figure = new(scalars.Count, 1) { Title = title, Width = PanelWidth, Height = HeightOf(scalars.Count) };
        foreach (PlottedScalar scalar in scalars)
        {
            figure.Add(panel(scalar));
        }
        return figure;
    }

    private static int HeightOf(int rows) => Math.Min(LargestSide, 50 + (PanelHeight * rows));

    private static string Short(double value) => value.ToString("G2", CultureInfo.InvariantCulture);

    private LineChart Panel(string xLabel, string yLabel, bool fromZero = false) => new()
    {
        XAxis = new Axis(xLabel),
        YAxis = new Axis(yLabel, minimum: fromZero ? 0 : null),
        Legend = draws.HasChains ? LegendPosition.Right : LegendPosition.None,
    };

    private double[] Every(int stride, Func<int, double> value)
    {
        double[] result = new double[(draws.DrawsPerChain + stride - 1) / stride];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = value(i * stride);
        }
        return result;
    }

    private string ChainName(int chain) => draws.HasChains ? "chain " + chain.ToString(CultureInfo.InvariantCulture) : "draws";

    private static Rgb ChainColor(int chain) => ChainColors[chain % ChainColors.Length];

    private double[]? Statistic(string name) => statistics is not null && statistics.Contains(name) ? statistics.Scalar(name) : null;
}
