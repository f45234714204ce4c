namespace Pyrite;

/// <summary>A number or array that inference learns.</summary>
public sealed class ParamSite : Site
{
    private Tensor? value;

    internal ParamSite(string name, Func<Tensor> start, Constraint constraint, int? eventDimensions)
        : this(name, constraint, eventDimensions) => Maker = start;

    internal ParamSite(string name, Tensor start, Constraint constraint, int? eventDimensions)
        : this(name, constraint, eventDimensions) => Given = start;

    private ParamSite(string name, Constraint constraint, int? eventDimensions)
        : base(name)
    {
        Constraint = constraint;
        EventDimensions = eventDimensions;
    }

    /// <summary>What values are allowed; learning happens on the unconstrained side of its bijection.</summary>
    public Constraint Constraint { get; }

    /// <summary>How many last axes belong to one entry of the plates around; null where the parameter does not belong to plates.</summary>
    public int? EventDimensions { get; }

    /// <summary>The whole value; a statement inside subsampled plates returns the part that is present.</summary>
    public override Tensor Value
    {
        get => value ?? throw new InvalidOperationException($"Param site \"{Name}\" has no value yet. Read it in After, or set it.");
        set => this.value = value;
    }

    /// <inheritdoc/>
    public override bool HasValue => value is not null;

    /// <summary>The starting value where the statement has one.</summary>
    internal Tensor? Given { get; }

    /// <summary>What makes the starting value, where the statement gives a function.</summary>
    internal Func<Tensor>? Maker { get; }

    /// <summary>The starting value, checked against the constraint.</summary>
    /// <exception cref="ModelException">The starting value violates the constraint.</exception>
    internal Tensor Start()
    {
        Tensor initial = Given ?? Maker!();
        initial = initial.IsWeak ? initial.To(Precision.Default) : initial;
        if (!initial.DType.IsFloatingPoint)
        {
            throw new ModelException(ModelError.OutsideConstraint, Name,
                $"the starting value is of type {initial.DType}, but parameters are learnt by gradients and must be real. Convert it: "
                    + "start.To(DType.Float32).");
        }
        return Constraint.Check(initial).All()
            ? initial
            : throw new ModelException(ModelError.OutsideConstraint, Name,
                $"the starting value {initial} violates the constraint {Constraint.Name}. Start inside it.");
    }

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault() => value ??= Start();
}
