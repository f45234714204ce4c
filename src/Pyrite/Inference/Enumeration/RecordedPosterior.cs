using Pyrite.Inference.Enumeration.Sums;

namespace Pyrite.Inference.Enumeration;

/// <summary>The posterior of discrete sites given any values of the continuous ones, as programs that are recorded once: many draws need no run of
/// the model each.</summary>
/// <remarks>Marginals are the gradient of the log evidence with respect to zeros that are added to the scores; joint draws take the tables of the
/// elimination. What the programs give is what a run of the model gives but for rounding; where a model reads values, or walks through those of
/// sequential sites, there are none.</remarks>
internal sealed class RecordedPosterior
{
    /// <summary>Marginals of a program and of a run may differ by so much.</summary>
    private const double Rounding = 1e-7;

    private readonly Action model;
    private readonly ParamStore? parameters;
    private readonly string[] names;
    private readonly Shape[] shapes;
    private readonly DiscreteBranch first;
    private readonly List<(KeptSite Site, Shape Shape)> marked = [];
    private readonly BackwardWalk pass = new();
    private readonly int valueCount;
    private ReplayedFunction? gradient;
    private ReplayedFunction? tables;

    private RecordedPosterior(Action model, ParamStore? parameters, IReadOnlyDictionary<string, Tensor> values, DiscreteBranch first)
    {
        (this.model, this.parameters, this.first) = (model, parameters, first);
        names = [.. values.Keys];
        shapes = [.. values.Values.Select(value => value.Shape)];
        valueCount = checked((int)shapes.Sum(shape => shape.Count));
    }

    /// <summary>The numbers of the site marginals, one after the other.</summary>
    public int MarginalCount => checked((int)marked.Sum(entry => entry.Shape.Count));

    /// <summary>Records a model; null where its posterior has to be found run by run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">The values of its parameters; their starts if not given.</param>
    /// <param name="values">Values of the latent sites that the model has.</param>
    /// <param name="found">The posterior at these values, by a run of the model.</param>
    public static RecordedPosterior? TryOf(Action model, ParamStore? parameters, IReadOnlyDictionary<string, Tensor> values, Discrete found)
    {
        if (found.OnlyBranch is not { } branch)
        {
            return null;
        }
        RecordedPosterior posterior = new(model, parameters, values, branch);
        return posterior.RecordTables(values) && posterior.RecordGradient(values) ? posterior : null;
    }

    /// <summary>Writes the slopes of the log evidence, site by site: the marginals before they are put in order.</summary>
    /// <param name="values">The value of every latent site that was not summed out.</param>
    /// <param name="slopes">Room for <see cref="MarginalCount"/> numbers.</param>
    /// <returns>False where they cannot be found this way.</returns>
    public bool TryMarginals(IReadOnlyDictionary<string, Tensor> values, Span<double> slopes)
    {
        double[] point = new double[valueCount + MarginalCount], all = new double[point.Length];
        if (!TryWrite(values, point))
        {
            return false;
        }
        try
        {
            double evidence = gradient!.Evaluate(point, all);
            all.AsSpan(valueCount).CopyTo(slopes);
            return double.IsFinite(evidence) && slopes.IndexOf(double.NaN) < 0;
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            return false;
        }
    }

    /// <summary>The marginals by the names of sites, [.. batch, K].</summary>
    /// <param name="slopes">What <see cref="TryMarginals"/> gave, or a mean of that.</param>
    public Dictionary<string, DiscreteSite> Sites(ReadOnlySpan<double> slopes)
    {
        Dictionary<string, Tensor> marginals = [];
        int at = 0;
        foreach ((KeptSite site, Shape shape) in marked)
        {
            marginals[site.Name] = site.MarginalsOf(Tensor.From(slopes.Slice(at, checked((int)shape.Count)), shape));
            at += checked((int)shape.Count);
        }
        Dictionary<string, Tensor> joined = JoinedRounds.Of(first.Sites.Values, site => marginals[site.Name], site => site.Batch.Rank);
        Dictionary<string, Tensor> supports = JoinedRounds.Of(first.Sites.Values, site => site.Support, site => site.Batch.Rank + 1);
        return joined.ToDictionary(entry => entry.Key, entry => new DiscreteSite(entry.Key, entry.Value, supports[entry.Key]));
    }

    /// <summary>A joint draw of all sites, by name; null where it cannot be made this way.</summary>
    /// <param name="values">The value of every latent site that was not summed out.</param>
    /// <param name="key">The key of the draw.</param>
    public IReadOnlyDictionary<string, Tensor>? TryDraw(IReadOnlyDictionary<string, Tensor> values, RandomKey key)
    {
        double[] point = new double[valueCount];
        try
        {
            if (!TryWrite(values, point) || !tables!.Run(point))
            {
                return null;
            }
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            return null;
        }
        double evidence = 0;
        tables.Read(0, new Span<double>(ref evidence));
        for (int step = 0; step < pass.Count; step++)
        {
            tables.Read(step + 1, pass.TableOf(step));
        }
        return double.IsFinite(evidence) ? JoinedRounds.Values(first.Sites.Values, JointDraw.Values(pass, key)) : null;
    }

    private bool RecordTables(IReadOnlyDictionary<string, Tensor> values)
    {
        double[] point = new double[valueCount];
        TryWrite(values, point);
        tables = ReplayedFunction.TryRecord(variables =>
        {
            using LiftingScope scope = LiftingScope.Begin();
            EnumeratedRun run = RunOf(scope, variables);
            ScoredFactors scores = run.Factors(change: (site, factor) => DiscreteBranch.Marked(run, site, factor, (name, shape) =>
            {
                marked.Add((first.Sites[name], shape));
                return Tensor.Zeros(shape, DType.Float64);
            }));
            List<Tensor> outputs = [];
            Tensor total = scores.Rest ?? 0.0;
            foreach ((IReadOnlyList<Factor> factors, double scale) in scores.Groups)
            {
                SumProduct sum = new(run.Handler.PlatesOf, keepsSteps: true);
                total += sum.Total(factors) * scale;
                outputs.AddRange(pass.AddUnread(run.Handler, sum));
            }
            return [total.To(DType.Float64), .. outputs];
        }, shapes, point, withGradient: false);
        return tables is not null;
    }

    /// <summary>Records the log evidence with zeros in all tables, and compares its slopes with the marginals that a run has found.</summary>
    private bool RecordGradient(IReadOnlyDictionary<string, Tensor> values)
    {
        double[] point = new double[valueCount + MarginalCount];
        TryWrite(values, point);
        gradient = ReplayedFunction.TryRecord(variables =>
        {
            using LiftingScope scope = LiftingScope.Begin();
            EnumeratedRun run = RunOf(scope, variables[..names.Length]);
            int next = names.Length;
            return [run.Factors(change: (site, factor) => DiscreteBranch.Marked(run, site, factor, (_, _) => variables[next++])).Total()
                .To(DType.Float64)];
        }, [.. shapes, .. marked.Select(entry => entry.Shape)], point, withGradient: true);
        double[] slopes = new double[MarginalCount];
        return gradient is not null && TryMarginals(values, slopes) && Agrees(slopes);
    }

    private bool Agrees(double[] slopes)
    {
        int at = 0;
        foreach ((KeptSite site, Shape shape) in marked)
        {
            int count = checked((int)shape.Count);
            double[] here = site.MarginalsOf(Tensor.From(slopes.AsSpan(at, count), shape)).ToArray<double>();
            at += count;
            foreach ((double program, double run) in here.Zip(first.Marginals[site.Name].ToArray<double>()))
            {
                if (!(Math.Abs(program - run) <= Rounding))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private EnumeratedRun RunOf(LiftingScope scope, Tensor[] variables)
    {
        Dictionary<string, Tensor> at = [];
        for (int i = 0; i < names.Length; i++)
        {
            at[names[i]] = variables[i];
        }
        return Discrete.RunsOf(scope, model, at, parameters).Runs[0];
    }

    private bool TryWrite(IReadOnlyDictionary<string, Tensor> values, double[] point)
    {
        int start = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (!values.TryGetValue(names[i], out Tensor? value) || value.Shape != shapes[i])
            {
                return false;
            }
            value.To(DType.Float64).ToArray<double>().CopyTo(point, start);
            start += checked((int)shapes[i].Count);
        }
        return true;
    }
}
