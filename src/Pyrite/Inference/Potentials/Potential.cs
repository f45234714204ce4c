using System.Globalization;
using Pyrite.Inference.Potentials;
using Pyrite.Language;

namespace Pyrite;

/// <summary>A model as a log-density of unconstrained real numbers with its gradient: what samplers walk on.</summary>
/// <remarks>
/// Latent sites are mapped to the reals by <see cref="ConstraintRegistry.BijectTo"/>; angles and directions are those of points around the origin, so
/// that they have one number more, and the density is proper. All arithmetic is Float64. The model is run once and its program replayed, so it must
/// be a pure function of its latent sites; a model that reads a value depending on a latent site (a branch, a loop count) is run every time instead.
/// A point at which the model cannot be computed has log-density minus infinity and is counted in <see cref="Failures"/>. One object serves one
/// thread; <see cref="Fork"/> makes another one.
/// </remarks>
public sealed class Potential
{
    private const int ExplainedFailures = 20;

    /// <summary>The share of a gradient's time that operations without code of their own may take before it is said.</summary>
    private const double WorthANote = 1.0 / 3;

    private const string DensityName = "the log-density and its gradient";

    private readonly PotentialModel model;
    private readonly Dictionary<string, PotentialFailure> failures = [];
    private readonly double[] scratch;
    private double[] recordedAt = [];
    private ReplayedFunction? density;
    private ReplayedFunction? outputs;
    private bool isBuilt;
    private bool hasOutputs;
    private int explained;
    private ModelEvaluation? evaluation;

    private Potential(PotentialModel model, ReplayedFunction? density)
    {
        this.model = model;
        this.density = density;
        scratch = new double[model.Dimension];
    }

    /// <summary>The number of unconstrained numbers.</summary>
    public int Dimension => model.Dimension;

    /// <summary>The latent sites in the order of the model.</summary>
    public IReadOnlyList<PotentialSite> Sites => model.Sites;

    /// <summary>What <see cref="Constrain(ReadOnlySpan{double})"/> gives, in its order: latent sites, then deterministic ones.</summary>
    public IReadOnlyList<PotentialSite> Quantities => model.Quantities;

    /// <summary>Whether a recorded program is replayed; false where the model is run for every gradient.</summary>
    public bool IsReplayed => density is not null;

    /// <summary>The line of code that reads a value depending on a latent site, for which the model is run for every gradient; null where none
    /// does.</summary>
    public string? ReadingLine { get; private set; }

    /// <summary>How discrete sites are summed out; null where there are none.</summary>
    public EnumerationPlan? SummedOut => model.Plan;

    /// <summary>The model, to ask for the posterior of what was summed out.</summary>
    internal Action Model => model.Model;

    /// <summary>The operations of the replayed program that have no compiled code.</summary>
    internal IReadOnlyList<string> Uncompiled => density?.Uncompiled ?? [];

    /// <summary>At which points of those asked for the model could not be computed, by place.</summary>
    public IReadOnlyList<PotentialFailure> Failures => [.. failures.Values];

    /// <summary>The potential of a model.</summary>
    /// <param name="model">The model: a pure function of its latent sites, all of them continuous.</param>
    /// <param name="seed">Decides the points at which the program is recorded and compared with the model.</param>
    /// <param name="start">Where the program is recorded: a point of finite log-density. Needed where none is found by 100 draws, uniform from -2 to
    /// 2 as Stan's, such as for supports that few points suit.</param>
    /// <exception cref="ModelException">A latent site is discrete, a plate is subsampled, the model has no latent site or is wrong, or no point with
    /// a finite log-density was found.</exception>
    public static Potential Of(Action model, ulong seed = 0, InitialValues? start = null) =>
        Of(model, seed, start?.Given, (potential, key) => (start ?? InitialValues.Uniform).Choose(potential, 0, key.Child("start")));

    /// <summary>The same potential with memory of its own, for another thread.</summary>
    public Potential Fork()
    {
        Potential fork = new(model, density?.Fork()) { isBuilt = true, ReadingLine = ReadingLine, recordedAt = recordedAt };
        foreach ((string kind, string text) in Notes.All)
        {
            fork.Notes.Add(kind, text);
        }
        return fork;
    }

    /// <summary>The potential of a model, recorded at a point that is chosen when its sites are known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">Decides at which points near the first one the program is compared with the model.</param>
    /// <param name="given">Values of latent sites at which the model is known to work; null for none.</param>
    /// <param name="choose">The point, from the potential and a key.</param>
    internal static Potential Of(Action model, ulong seed, IReadOnlyDictionary<string, Tensor>? given, Func<Potential, RandomKey, double[]> choose)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        PotentialModel described = PotentialModel.Of(model, given);
        RandomKey key = RandomKey.FromSeed(seed).Child("potential");
        Potential potential = new(described, null);
        double[] start = potential.FirstPoint(choose, key);
        potential.recordedAt = start;
        potential.density =
            ReplayedFunction.TryRecord(potential.RunDensity, described.Shapes, start, withGradient: true, out string? reader);
        potential.ReadingLine = reader;
        described.NoteLeftOut(potential.Notes);
        if (reader is not null)
        {
            potential.Notes.Add("slow", SpeedNotes.Slow(reader));
        }
        else if (potential.density?.Describe("a density").Dispatch is { Share: > WorthANote } dispatch)
        {
            potential.Notes.Add("kernels", SpeedNotes.Kernels("gradient", dispatch.Share, dispatch.Names));
        }
        potential.CheckAgainstModel(start);
        potential.CheckNear(start, key.Child("check"));
        potential.failures.Clear();
        potential.explained = 0;
        potential.evaluation = null;
        potential.isBuilt = true;
        return potential;
    }

    /// <summary>The log-density at a point.</summary>
    /// <param name="point">Unconstrained numbers, <see cref="Dimension"/> of them.</param>
    /// <param name="withJacobian">Whether it is the density of the unconstrained numbers; else that of the constrained values.</param>
    /// <returns>Minus infinity where the model cannot be computed.</returns>
    public double LogDensity(ReadOnlySpan<double> point, bool withJacobian = true)
    {
        CheckLength(point);
        return withJacobian ? LogDensity(point, scratch) : RunModel(point, [], withJacobian: false);
    }

    /// <summary>The log-density of the unconstrained numbers, volume changes included, and its gradient.</summary>
    /// <param name="point">Unconstrained numbers, <see cref="Dimension"/> of them.</param>
    /// <param name="gradient">Room for the gradient; undefined where the result is minus infinity.</param>
    /// <returns>Minus infinity where the model cannot be computed.</returns>
    public double LogDensity(ReadOnlySpan<double> point, Span<double> gradient)
    {
        CheckLength(point);
        double value = density is null ? RunModel(point, gradient, withJacobian: true) : Replay(density, point, gradient);
        if (double.IsFinite(value))
        {
            return value;
        }
        Explain(point);
        return double.NegativeInfinity;
    }

    /// <summary>The values of all quantities at a point: latent sites on their supports, and deterministic sites.</summary>
    /// <param name="point">Unconstrained numbers, <see cref="Dimension"/> of them.</param>
    /// <exception cref="ModelException">The model cannot be computed there.</exception>
    public IReadOnlyDictionary<string, Tensor> Constrain(ReadOnlySpan<double> point)
    {
        double[] values = new double[model.QuantityCount];
        Constrain(point, values);
        Dictionary<string, Tensor> all = [];
        foreach (PotentialSite quantity in Quantities)
        {
            all[quantity.Name] = Tensor.From(values.AsSpan(quantity.Offset, (int)quantity.Shape.Count), quantity.Shape);
        }
        return all;
    }

    /// <summary>The point at which the latent sites have given values.</summary>
    /// <param name="values">The value of every latent site, inside its support.</param>
    /// <exception cref="ModelException">A site has no value, or one of another shape or outside of its support.</exception>
    public double[] Unconstrain(IReadOnlyDictionary<string, Tensor> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ReportedFailure.Of(() => model.Unconstrain(values));
    }

    /// <summary>Writes the values of all quantities one after the other.</summary>
    internal void Constrain(ReadOnlySpan<double> point, Span<double> values)
    {
        CheckLength(point);
        if (!hasOutputs)
        {
            hasOutputs = true;
            outputs = density is null ? null : model.RecordQuantities(point);
        }
        if (outputs is null)
        {
            model.ComputeQuantities(point, values);
            return;
        }
        outputs.Run(point);
        for (int i = 0; i < Quantities.Count; i++)
        {
            outputs.Read(i, values.Slice(Quantities[i].Offset, (int)Quantities[i].Shape.Count));
        }
    }

    /// <summary>What a run on this potential has to say once.</summary>
    internal RunMessages Notes { get; } = new();

    /// <summary>Whether there was a program that is no longer used.</summary>
    internal bool HasLeftProgram { get; private set; }

    /// <summary>How many failures have been explained by running the model.</summary>
    internal int ExplainedCount => explained;

    /// <summary>Counts failures on from those of a saved chain.</summary>
    internal void RestoreFailures(IEnumerable<PotentialFailure> earlier, int explainedBefore)
    {
        failures.Clear();
        foreach (PotentialFailure failure in earlier)
        {
            failures[failure.Place] = failure;
        }
        explained = explainedBefore;
    }

    /// <summary>How the log-density and its gradient run, in words.</summary>
    internal ExecutionPlan Describe() =>
        density?.Describe(DensityName, ReplayedFunction.UnrolledLoops(RunDensity, model.Shapes, recordedAt))
            ?? ExecutionPlan.OfReading(DensityName, ReadingLine ?? "an unknown place");

    /// <summary>The log-densities of all sites at a point, as text.</summary>
    internal string Terms(ReadOnlySpan<double> point) => model.Terms(point);

    /// <summary>The sites whose supports depend on other sites, as far as a point shows it.</summary>
    internal IReadOnlySet<string> VaryingSupports(ReadOnlySpan<double> point) => model.VaryingSupports(point);

    /// <summary>A point drawn from the priors.</summary>
    /// <exception cref="ModelException">The model cannot be computed there.</exception>
    internal double[] Prior(RandomKey key) => ReportedFailure.Of(() => model.Prior(key));

    /// <summary>Compares the program with runs of the model.</summary>
    /// <exception cref="ModelException">They differ by more than rounding, or the model differs from itself.</exception>
    /// <param name="point">Where.</param>
    /// <param name="withGradient">Whether gradients are compared, which takes several times as long as the values.</param>
    internal void CheckAgainstModel(ReadOnlySpan<double> point, bool withGradient = true)
    {
        if (density is not null && Compare(point, withGradient) is { IsSame: false } comparison)
        {
            throw model.Mismatch(point, comparison);
        }
    }

    /// <summary>As <see cref="CheckAgainstModel"/>, but where they differ the model is run every time from now on, and the run says so: a finished
    /// warm-up is not thrown away.</summary>
    /// <returns>Whether the program is still in use.</returns>
    internal bool CheckOrRunModel(ReadOnlySpan<double> point)
    {
        if (density is null || Compare(point) is not { IsSame: false } comparison)
        {
            return true;
        }
        RunModelEveryTime();
        Notes.Add("program",
            $"After warm-up the recorded log-density no longer agrees with the model, which is now run for every "
                + $"gradient. {model.Mismatch(point, comparison).Message}");
        return false;
    }

    /// <summary>Runs the model every time, as the chain did when it was saved.</summary>
    internal void RunModelEveryTime()
    {
        HasLeftProgram = true;
        density = null;
        outputs = null;
    }

    /// <summary>Notes a point whose log-density is finite but has no finite gradient.</summary>
    internal void NoteGradient(ReadOnlySpan<double> gradient)
    {
        foreach (PotentialSite site in Sites)
        {
            for (int i = 0; i < site.Count; i++)
            {
                double slope = gradient[site.Offset + i];
                if (!double.IsFinite(slope))
                {
                    Note($"at site \"{site.Name}\"",
                        string.Create(CultureInfo.InvariantCulture,
                            $"at site \"{site.Name}\": the log-density is finite, but its gradient is {slope}"));
                    return;
                }
            }
        }
    }

    private Tensor[] RunDensity(Tensor[] variables) => [model.Run(variables).LogDensity(withJacobian: true)];

    private static double Replay(ReplayedFunction program, ReadOnlySpan<double> point, Span<double> gradient)
    {
        try
        {
            return program.Evaluate(point, gradient);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            return double.NegativeInfinity;
        }
    }

    /// <summary>The point at which the program is recorded.</summary>
    /// <exception cref="ModelException">It has no finite density. An observation that suits its distribution nowhere is to blame itself, not the
    /// starts.</exception>
    private double[] FirstPoint(Func<Potential, RandomKey, double[]> choose, RandomKey key)
    {
        try
        {
            double[] start = choose(this, key);
            return StartingPoint.IsFinite(this, start, new double[start.Length])
                ? start
                : throw StartingPoint.Refusal(this, start, "the start that was given has no");
        }
        catch (ModelException) when (model.Refusal is not null
            && failures.Values.All(failure => failure.Message.Contains(model.Refusal.Message, StringComparison.Ordinal)) && failures.Count > 0)
        {
            throw model.Refusal;
        }
    }

    private ReplayComparison Compare(ReadOnlySpan<double> point, bool withGradient = true)
    {
        ReplayedFunction program = density!;
        ModelEvaluation? known = evaluation;
        evaluation = null;
        return ReplayComparison.At(point, (at, gradient) => Replay(program, at, gradient), Computed, program.IsNarrow, withGradient);

        // What was computed before the recording is as good as another run, but only once: runs are compared with each other as well.
        double Computed(ReadOnlySpan<double> at, Span<double> gradient)
        {
            double? value = known?.Take(at, gradient);
            known = null;
            return value ?? RunModel(at, gradient, withJacobian: true);
        }
    }

    private void CheckNear(double[] start, RandomKey key)
    {
        for (int i = 0; i < 3; i++)
        {
            double[] point = new double[Dimension];
            key.Child(i).FillNormal(point);
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = start[j] + (0.3 * point[j]);
            }
            CheckAgainstModel(point, withGradient: i == 0 || density is not { IsLong: true });
        }
    }

    private double RunModel(ReadOnlySpan<double> point, Span<double> gradient, bool withJacobian)
    {
        bool isFirst = !isBuilt && density is null && withJacobian && gradient.Length > 0;
        if (isFirst && evaluation?.Take(point, gradient) is { } known)
        {
            return known;
        }
        try
        {
            double value = model.Evaluate(point, gradient, withJacobian, isRare: !isBuilt || density is not null);
            evaluation = isFirst ? ModelEvaluation.Of(point, gradient, value) : evaluation;
            return value;
        }
        catch (SiteFailure)
        {
            return double.NegativeInfinity;
        }
    }

    /// <summary>Says why a point has no density, by running the model step by step.</summary>
    private void Explain(ReadOnlySpan<double> point)
    {
        (string Place, string Message) reason = ("anywhere", "the log-density is not finite");
        if (explained < ExplainedFailures || !isBuilt)
        {
            explained++;
            reason = model.Reason(point);
        }
        Note(reason.Place, reason.Message);
    }

    private void Note(string place, string message) =>
        failures[place] =
            failures.TryGetValue(place, out PotentialFailure? known)
                ? known with { Count = known.Count + 1 }
                : new PotentialFailure(place, message, 1);

    private void CheckLength(ReadOnlySpan<double> point)
    {
        if (point.Length != Dimension)
        {
            throw new ArgumentException($"A point of this potential has {Dimension} numbers; {point.Length} were given.", nameof(point));
        }
    }
}
