using Pyrite.Checks;
using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>A probability distribution over tensors: it draws, and it scores.</summary>
/// <remarks>
/// Shapes follow Pyro: a draw has shape sample + <see cref="BatchShape"/> + <see cref="EventShape"/>, a log-density sample +
/// <see cref="BatchShape"/>. With validation, parameters are checked when the distribution is made and values when they are scored; without, a value
/// outside the support scores minus infinity.
/// </remarks>
public abstract partial class Distribution
{
    // The smallest normal Float32, which keeps a quotient of zeros from being no number.
    private const double SmallestDensity = 1.17549435e-38;

    // Most families have one or two parameters, and a model makes many distributions in every step.
    private DistributionParameter first;
    private DistributionParameter second;
    private DistributionParameter[]? all;
    private int parameterCount;

    /// <summary>Fixes the shapes.</summary>
    /// <param name="batchShape">Independent distributions side by side.</param>
    /// <param name="eventShape">The shape of one draw of one of them.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    protected Distribution(Shape batchShape, Shape eventShape, bool validate)
    {
        BatchShape = batchShape;
        EventShape = eventShape;
        Validate = validate;
    }

    /// <summary>The shape of the distributions side by side.</summary>
    public Shape BatchShape { get; }

    /// <summary>The shape of one draw of one distribution.</summary>
    public Shape EventShape { get; }

    /// <summary>Whether parameters and values are checked.</summary>
    public bool Validate { get; }

    /// <summary>The values that can be drawn; it may depend on parameters.</summary>
    public abstract Constraint Support { get; }

    /// <summary>Whether gradients flow through draws to the parameters.</summary>
    public virtual bool HasReparameterizedSample => false;

    /// <summary>Whether the values are whole numbers, categories or the like, so that the density is a probability.</summary>
    public bool IsDiscrete => Support.IsDiscrete;

    /// <summary>Whether all values are whole numbers: counts, categories, truth values, vectors of them. Functions of counts need not be.</summary>
    public bool HasIntegerValues => IsDiscrete && !IsTransformed;

    /// <summary>Whether values are angles in radians, of which those 2π apart are the same.</summary>
    /// <remarks>True of the von Mises family and of its plates, masks and mixtures; what a transform makes of an angle is none any more. MCMC draws
    /// such values as directions of a plane. A circular family of one's own overrides this, draws in [-π, π) and has <see cref="Constraints.Angle"/>
    /// as its support.</remarks>
    public virtual bool IsCircular => false;

    /// <summary>Which values have a probability of their own beside or instead of a density, as the subject and verb of a sentence; null where none
    /// has.</summary>
    public virtual string? PointMasses => null;

    /// <summary>The same of this distribution or of one that it is made from.</summary>
    public string? PointMassesWithin => PointMasses ?? Parts.Select(part => part.PointMassesWithin).FirstOrDefault(found => found is not null);

    /// <summary>Where draws begin and end although the density goes on, with a period; null where it does not.</summary>
    public virtual (Tensor Low, Tensor High)? Circle => IsCircular ? (-Math.PI, Math.PI) : null;

    private bool IsTransformed => this is TransformedDistribution || Parts.Any(part => part.IsTransformed);

    /// <summary>The name that errors show: that of the family.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The parameters the distribution was made from, with their constraints.</summary>
    public virtual IReadOnlyList<DistributionParameter> Parameters => OwnParameters;

    /// <summary>The parameters that this distribution has declared itself, and not a part of it.</summary>
    internal IReadOnlyList<DistributionParameter> OwnParameters => all ??= parameterCount switch { 0 => [], 1 => [first], _ => [first, second] };

    /// <summary>The floating-point type of the parameters: the widest of them, or the default precision where all are plain numbers.</summary>
    public virtual DType DType => GivenType ?? Precision.Default;

    /// <summary>The widest floating-point type among the parameters that were given as tensors; null where there is none, so that a combinator may
    /// have a wider one.</summary>
    internal virtual DType? GivenType
    {
        get
        {
            DType? type = null;
            // Draws ask for it, so the usual two parameters are looked at without making a list.
            IReadOnlyList<DistributionParameter>? list = parameterCount is 1 or 2 ? null : Parameters;
            for (int i = 0; i < (list?.Count ?? parameterCount); i++)
            {
                type = Widest(type, TypeOf((list is not null ? list[i] : i == 0 ? first : second).Value));
            }
            return type;
        }
    }

    /// <summary>Draws.</summary>
    /// <param name="key">The source of randomness: the same key gives the same draw.</param>
    /// <param name="sampleShape">How many draws, as axes in front; one if not given.</param>
    /// <returns>sampleShape + <see cref="BatchShape"/> + <see cref="EventShape"/>; tracked for gradients where
    /// <see cref="HasReparameterizedSample"/>.</returns>
    public Tensor Sample(RandomKey key, Shape? sampleShape = null)
    {
        Shape shape = (sampleShape ?? Shape.Scalar) + BatchShape + EventShape;
        if (HasReparameterizedSample)
        {
            return Draw(key, shape);
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        return Draw(key, shape);
    }

    /// <summary>The log-density, or log-probability, of a value.</summary>
    /// <param name="value">Ends in <see cref="EventShape"/>; the axes before broadcast against <see cref="BatchShape"/>.</param>
    /// <returns>One number an event: the broadcast of the value's other axes and <see cref="BatchShape"/>.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or, with validation, the value lies outside the support.</exception>
    /// <remarks>Whole numbers and truth values are scored in the type of the parameters (<see cref="DType"/>), whatever the default precision; so is
    /// Float32 where a parameter is of Float64.</remarks>
    public Tensor LogProb(Tensor value)
    {
        value = InScoredType(value);
        Shape shape = ScoreShape(value);
        if (IsScoredByParameters)
        {
            if (value.Origin is not null || first.Value.Origin is not null || (parameterCount > 1 && second.Value.Origin is not null))
            {
                OriginRoom room = default;
                return Score(value, shape,
                    Images.WithOrigins(parameterCount == 1 ? [value, first.Value] : [value, first.Value, second.Value], ref room));
            }
            return parameterCount == 1 ? Score(value, shape, [value, first.Value]) : Score(value, shape, [value, first.Value, second.Value]);
        }
        return Score(value, shape);
    }

    /// <summary>The same distribution side by side in a larger batch; draws are independent.</summary>
    /// <param name="batchShape">A shape that <see cref="BatchShape"/> broadcasts to.</param>
    /// <exception cref="ArgumentException"><see cref="BatchShape"/> does not broadcast to it.</exception>
    public virtual Distribution Expand(Shape batchShape) => batchShape == BatchShape ? this : new Expanded(this, batchShape);

    /// <summary>Counts batch axes as event axes: their log-densities are summed.</summary>
    /// <param name="axes">How many of the last batch axes; all if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many batch axes.</exception>
    public virtual Distribution ToEvent(int? axes = null) => (axes ?? BatchShape.Rank) == 0 ? this : new Independent(this, axes ?? BatchShape.Rank);

    /// <summary>Scores zero, with zero gradient, where the mask is false.</summary>
    /// <param name="mask">Bool; broadcasts against the batch shape.</param>
    /// <remarks>Inside the run of a model bad parameters in masked entries are let through, since its statement shows which entries count.
    /// Elsewhere a distribution, or a transform of it, has refused a bad parameter when it was made, before it could be masked: make it with
    /// <c>validate: false</c>, or put a harmless number where nothing counts.</remarks>
    public virtual Distribution Mask(Tensor mask) => new Masked(this, mask);

    /// <summary>Scores zero everywhere if the mask is false.</summary>
    public Distribution Mask(bool mask) => mask ? this : Mask(Tensor.Full(Shape.Scalar, 0, DType.Bool));

    /// <summary>Draws of a full shape.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">Ends in <see cref="EventShape"/>; <see cref="BatchShape"/> broadcasts to the axes before, and every element of them is
    /// drawn independently.</param>
    protected internal abstract Tensor Draw(RandomKey key, Shape shape);

    /// <summary>The log-density of a value inside the support; its event axes are there, its batch axes may still have to broadcast.</summary>
    protected internal abstract Tensor LogDensity(Tensor value);

    /// <summary>KL(this || other) in closed form, for a family of your own: override it where you know one; null elsewhere.</summary>
    /// <param name="other">A distribution of the same event shape, without plates, masks or further event axes around it: pairs of such are taken
    /// apart before.</param>
    /// <returns>In nats, of a shape that broadcasts to the batch shapes, with gradients in the parameters; infinite where this can give what the
    /// other cannot.</returns>
    /// <remarks><see cref="KullbackLeibler"/> asks here, and with it the objectives that use closed forms.</remarks>
    protected internal virtual Tensor? DivergenceTo(Distribution other) => null;

    /// <summary>KL(other || this) in closed form, where the other is of a family that does not know this one; null elsewhere.</summary>
    /// <param name="other">As for <see cref="DivergenceTo"/>.</param>
    protected internal virtual Tensor? DivergenceFrom(Distribution other) => null;

    /// <summary>Scores a value of the right shape: checks the support, or maps what lies outside it to minus infinity.</summary>
    protected internal virtual Tensor Evaluate(Tensor value)
    {
        if (ScoresImages && value.ArgumentOnto(Support) is { } argument)
        {
            if (Validate)
            {
                Validation.CheckArgument(this, value, argument, Constraints.Real);
            }
            return DensityOf(value);
        }
        if (ScoresImages && Validate && value.ImageOnto(Support) is { } map)
        {
            Validation.CheckArgument(this, value, value.Preimage!.X, map.Domain);
            return DensityOf(value);
        }
        if (Validate)
        {
            Validation.CheckValue(this, value);
            return DensityOf(value);
        }
        return ScoreAnywhere(value);
    }

    /// <summary>Remembers a parameter and, with validation, checks it.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The value violates the constraint.</exception>
    protected Tensor Declare(string name, Tensor value, Constraint constraint)
    {
        DistributionParameter parameter = new(name, value, constraint);
        all = parameterCount < 2 ? null : [.. OwnParameters, parameter];
        (first, second) = parameterCount switch { 0 => (parameter, second), 1 => (first, parameter), _ => (first, second) };
        parameterCount++;
        if (Validate)
        {
            Validation.CheckParameter(this, name, value, constraint);
        }
        return value;
    }

    /// <summary>Draws of single real numbers, through which gradients flow to the parameters although nobody knows how they were made.</summary>
    /// <param name="draws">Numbers of this distribution, drawn in any way: by rejection, by a choice between parts, by a search.</param>
    /// <returns>The same numbers; their gradient for a parameter θ is -(∂F/∂θ) / f, with F = <see cref="Cdf"/> and f the density (Figurnov, Mohamed
    /// and Mnih, "Implicit reparameterization gradients", 2018, equation 7).</returns>
    /// <remarks>For <see cref="Draw"/> of a family that overrides <see cref="Cdf"/> with a gradient in the parameters, and
    /// <see cref="HasReparameterizedSample"/>. The gradients are as exact as those of the distribution function, and can be taken once.</remarks>
    /// <exception cref="InvalidOperationException">The values are no single real numbers.</exception>
    protected Tensor Reparameterized(Tensor draws)
    {
        if (EventShape.Rank > 0 || IsDiscrete)
        {
            throw new InvalidOperationException(
                $"{Name}: draws were to be reparameterized by their distribution function, which needs single real numbers; a draw has shape "
                    + $"{EventShape}{(IsDiscrete ? " and the values are discrete" : "")}. Leave HasReparameterizedSample false.");
        }
        draws = draws.Detach();
        Tensor probability = Cdf(draws);
        Tensor density;
        using (NoGradient.Begin())
        {
            density = LogDensity(draws).Exp().Clamp(low: SmallestDensity);
        }
        return draws - ((probability - probability.Detach()) / density);
    }

    /// <summary>Whether a score follows from the family, its one or two parameters, <see cref="Validate"/> and the value alone, and draws nothing:
    /// recorded steps then take it as a whole.</summary>
    internal virtual bool IsScoredByParameters => false;

    /// <summary>Whether an image of a map onto the support is scored by what it was made of, so that it does not matter when it rounds onto an end of
    /// the support.</summary>
    internal virtual bool ScoresImages => false;

    /// <summary>A quantity of the parameters, repeated over the whole batch shape.</summary>
    protected Tensor OverBatch(Tensor quantity) => quantity.BroadcastTo(BatchShape);

    /// <summary>The log-density of any value: minus infinity, with no gradient, outside the support and at its infinite ends.</summary>
    internal Tensor ScoreAnywhere(Tensor value)
    {
        Constraint support = Support;
        if (support.IsEverything)
        {
            return DensityOf(value);
        }
        // A choice between two plain numbers would be one of the default precision.
        value = value.IsWeak ? value.To(DType) : value;
        Tensor inside;
        using (NoGradient.Begin())
        {
            inside = support.Check(value);
            if (support is { EventRank: 0, IsDiscrete: false } && value.DType.IsFloatingPoint)
            {
                inside &= value.Abs().NotEqualTo(double.PositiveInfinity);
            }
        }
        Tensor safe = Tensor.Where(support.SpreadOverEvent(inside), value, support.InteriorPoint(value));
        return Tensor.Where(inside, DensityOf(safe), double.NegativeInfinity);
    }

    /// <summary>The value in the type in which it is scored: integers become reals of the parameters' type, Float32 becomes Float64 where a
    /// parameter has it, and everything else stays.</summary>
    internal virtual Tensor InScoredType(Tensor value) => InTypeOfParameters(value);

    private Tensor InTypeOfParameters(Tensor value) => value.IsWeak ? value
        : !value.DType.IsFloatingPoint ? value.To(DType)
        : value.DType == Pyrite.DType.Float32 && GivenType == Pyrite.DType.Float64 ? value.Widened
        : value;

    /// <summary>The same for a distribution that changes the shape of a value before it is scored: then a plain number has to have a type,
    /// too.</summary>
    private protected Tensor InOwnType(Tensor value) =>
        value.IsWeak && GivenType is { } type ? value.To(type) : InTypeOfParameters(value);

    /// <summary>A point x' with P(X ≤ x') = P(X &lt; x): x itself for densities, the whole number before x for counts.</summary>
    internal virtual Tensor JustBelow(Tensor x) => IsDiscrete ? x.Ceiling() - 1 : x;

    /// <summary>The floating-point type of a tensor; null for none, for integers and for plain numbers.</summary>
    internal static DType? TypeOf(Tensor? value) => value is { IsWeak: false, DType.IsFloatingPoint: true } ? value.DType : null;

    /// <summary>The type that holds numbers of both.</summary>
    internal static DType? Widest(DType? a, DType? b) => a is { } one && b is { } other ? (DType)Math.Max((int)one, (int)other) : a ?? b;

    /// <summary>A parameter that was given as integers, such as a number of trials, in the type of the others.</summary>
    private protected Tensor AsReal(Tensor parameter) => parameter.IsWeak || parameter.DType.IsFloatingPoint ? parameter : parameter.To(DType);

    /// <summary>What to do about a value outside the support, as a sentence with a leading space; empty where there is nothing to add.</summary>
    internal virtual string SupportAdvice(Tensor value) => "";

    private Tensor Score(Tensor value, Shape shape, ReadOnlySpan<Tensor> inputs)
    {
        StepCall call = new(GetType(), Validate, inputs, this);
        return call.Known ?? call.End(Score(value, shape));
    }

    private Tensor Score(Tensor value, Shape shape)
    {
        Tensor result = Evaluate(value);
        return result.Shape == shape ? result : result.BroadcastTo(shape);
    }

    private Shape ScoreShape(Tensor value)
    {
        int rank = EventShape.Rank;
        if (value.Rank < rank || (rank > 0 && value.Shape[^rank..] != EventShape))
        {
            throw new ArgumentException($"{Name}: a value of shape {value.Shape} was scored; its last axes must be the event shape {EventShape}.",
                nameof(value));
        }
        Shape batch = rank == 0 ? value.Shape : value.Shape[..^rank];
        try
        {
            return Shape.Broadcast(batch, BatchShape);
        }
        catch (ArgumentException)
        {
            throw new ArgumentException(
                $"{Name}: a value of shape {value.Shape} was scored; without its event axes it is {batch}, which does not broadcast with the batch "
                    + $"shape {BatchShape}. Reshape the value or the parameters.", nameof(value));
        }
    }
}
