using Pyrite.Inference.Mcmc;
using Pyrite.Programs;

namespace Pyrite;

/// <summary>A model as a log-density of unconstrained real numbers with its gradient: what samplers walk on.</summary>
/// <remarks>
/// Latent sites are mapped to the reals by <see cref="ConstraintRegistry.BijectTo"/>; all arithmetic is Float64. The model is run once and its program replayed, so it must be a pure function
/// of its latent sites; a model that reads a value depending on a latent site (a branch, a loop count) is run every time instead. A point at which the model cannot be computed has
/// log-density minus infinity and is counted in <see cref="Failures"/>. One object serves one thread; <see cref="Fork"/> makes another one.
/// </remarks>
public sealed class Potential
{
    private const int ExplainedFailures = 20;
    private const double Tolerance = 1e-8;

    private readonly PotentialModel model;
    private readonly Dictionary<string, PotentialFailure> failures = [];
    private readonly double[] scratch;
    private ReplayedFunction? density;
    private ReplayedFunction? outputs;
    private bool isBuilt;
    private bool hasOutputs;
    private int explained;

    /// <summary>What to tell about a model that is run for every gradient; null for others.</summary>
    internal string? SlowNote => ReadingLine is null ? null
        : $"The model reads a value that depends on a latent site, at {ReadingLine}, so it is run anew for every gradient, which is right but 5 to 100 times slower than its recorded program. "
            + "Write the choice with tensors, for example Tensor.Where(year < tau, early, late), instead of Item(), ToArray or a comparison in C#.";

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

    /// <summary>The line of code that reads a value depending on a latent site, for which the model is run for every gradient; null where none does.</summary>
    public string? ReadingLine { get; private set; }

    /// <summary>The operations of the replayed program that have no compiled code.</summary>
    internal IReadOnlyList<string> Uncompiled => density?.Uncompiled ?? [];

    /// <summary>At which points of those asked for the model could not be computed, by place.</summary>
    public IReadOnlyList<PotentialFailure> Failures => [.. failures.Values];

    /// <summary>The potential of a model.</summary>
    /// <param name="model">The model: a pure function of its latent sites, all of them continuous.</param>
    /// <param name="seed">Decides the points at which the program is recorded and compared with the model.</param>
    /// <exception cref="ModelException">A latent site is discrete, a plate is subsampled, the model has no latent site or is wrong, or no point with a finite log-density was found.</exception>
    public static Potential Of(Action model, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        PotentialModel described = PotentialModel.Of(model);
        RandomKey key = RandomKey.FromSeed(seed).Child("potential");
        Potential potential = new(described, null);
        double[] start = StartingPoint.Find(potential, key.Child("start"));
        potential.density = ReplayedFunction.TryRecord(variables => [described.Run(variables).LogDensity(withJacobian: true)], described.Shapes, start, withGradient: true, out string? reader);
        potential.ReadingLine = reader;
        potential.failures.Clear();
        potential.CheckAgainstModel(start);
        potential.CheckNear(start, key.Child("check"));
        potential.isBuilt = true;
        return potential;
    }

    /// <summary>The same potential with memory of its own, for another thread.</summary>
    public Potential Fork() => new(model, density?.Fork()) { isBuilt = true, ReadingLine = ReadingLine };

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
        double value;
        if (density is null)
        {
            value = RunModel(point, gradient, withJacobian: true);
        }
        else
        {
            try
            {
                value = density.Evaluate(point, gradient);
            }
            catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
            {
                value = double.NegativeInfinity;
            }
        }
        if (double.IsFinite(value))
        {
            return value;
        }
        Explain(point, value);
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
        return Reported(() => model.Unconstrain(values));
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
            outputs.Read(i, values.Slice(Quantities[i].Offset, (int)Quantities[i].Shape.Count), isOutput: true);
        }
    }

    /// <summary>How many failures have been explained by running the model.</summary>
    internal int ExplainedCount => explained;

    /// <summary>Counts failures on from those of a saved chain.</summary>
    internal void RestoreFailures(ChainSnapshot saved)
    {
        failures.Clear();
        foreach (PotentialFailure failure in saved.Failures)
        {
            failures[failure.Place] = failure;
        }
        explained = saved.ExplainedFailures;
    }

    /// <summary>The log-densities of all sites at a point, as text.</summary>
    internal string Terms(ReadOnlySpan<double> point) => model.Terms(point);

    /// <summary>A point drawn from the priors.</summary>
    /// <exception cref="ModelException">The model cannot be computed there.</exception>
    internal double[] Prior(RandomKey key) => Reported(() => model.Prior(key));

    /// <summary>Compares the program with a run of the model.</summary>
    /// <exception cref="ModelException">They differ.</exception>
    internal void CheckAgainstModel(ReadOnlySpan<double> point)
    {
        if (density is null)
        {
            return;
        }
        double[] replayed = new double[Dimension], computed = new double[Dimension];
        double value = LogDensity(point, replayed), expected = RunModel(point, computed, withJacobian: true);
        bool isSame = Agrees(value, expected);
        double scale = 1;
        for (int i = 0; i < Dimension; i++)
        {
            scale = Math.Max(scale, Math.Abs(computed[i]));
        }
        for (int i = 0; i < Dimension && double.IsFinite(expected); i++)
        {
            isSame &= Math.Abs(replayed[i] - computed[i]) <= Tolerance * scale || double.IsNaN(computed[i]);
        }
        if (!isSame)
        {
            throw model.Mismatch(point, value, expected);
        }
    }

    private static double[] Reported(Func<double[]> point)
    {
        try
        {
            return point();
        }
        catch (SiteFailure failure)
        {
            throw new ModelException(ModelError.ModelFailed, null, $"The model failed {failure.Message}", failure.InnerException);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException)
        {
            string message = failure is ArgumentException refusal ? ModelException.WithoutParameter(refusal) : failure.Message;
            throw new ModelException(ModelError.ModelFailed, null, $"The model failed: {message}", failure);
        }
    }

    private static bool Agrees(double value, double expected) =>
        value == expected || Math.Abs(value - expected) <= Tolerance * (1 + Math.Abs(expected)) || !(double.IsFinite(value) || double.IsFinite(expected));

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
            CheckAgainstModel(point);
        }
        failures.Clear();
        explained = 0;
    }

    private double RunModel(ReadOnlySpan<double> point, Span<double> gradient, bool withJacobian)
    {
        try
        {
            return model.Evaluate(point, gradient, withJacobian, isRare: !isBuilt || density is not null);
        }
        catch (SiteFailure failure)
        {
            Note(failure.Place, failure.Message);
            return double.NegativeInfinity;
        }
    }

    /// <summary>Says why a point has no density: the replayed program does not know, the model does.</summary>
    private void Explain(ReadOnlySpan<double> point, double value)
    {
        if (density is null && double.IsNegativeInfinity(value))
        {
            return;
        }
        (string Place, string Message) reason = ("anywhere", "the log-density is not finite");
        if (explained < ExplainedFailures)
        {
            explained++;
            reason = model.Reason(point);
        }
        Note(reason.Place, reason.Message);
    }

    private void Note(string place, string message) =>
        failures[place] = failures.TryGetValue(place, out PotentialFailure? known) ? known with { Count = known.Count + 1 } : new PotentialFailure(place, message, 1);

    private void CheckLength(ReadOnlySpan<double> point)
    {
        if (point.Length != Dimension)
        {
            throw new ArgumentException($"A point of this potential has {Dimension} numbers; {point.Length} were given.", nameof(point));
        }
    }
}
