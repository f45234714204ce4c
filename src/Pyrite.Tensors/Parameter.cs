using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>A named tensor that training changes in place: the only mutable kind.</summary>
/// <remarks>Gradients end here. The value is made at first use, so that its key can depend on where the parameter stands in a model; threads that
/// use it first at the same time get one value.</remarks>
public sealed class Parameter
{
    private readonly Lock making = new();
    private Func<Tensor>? make;
    private volatile Tensor? value;
    private Func<string>? fullName;

    /// <summary>A parameter that starts at given numbers (copied).</summary>
    public Parameter(Tensor start)
        : this(start.Shape, () => start)
    {
        Materialize();
    }

    /// <summary>A parameter whose start is made at first use.</summary>
    /// <param name="shape">The sizes, known at once.</param>
    /// <param name="make">Makes the start, of that shape.</param>
    public Parameter(Shape shape, Func<Tensor> make)
    {
        Shape = shape;
        this.make = make;
    }

    /// <summary>The sizes.</summary>
    public Shape Shape { get; }

    /// <summary>The present value, tracked for gradients; inside a <see cref="ParameterSubstitution"/> what it stands for.</summary>
    public Tensor Value => ParameterSubstitution.Find(this) ?? value ?? Materialize();

    /// <summary>Whether the start has been made.</summary>
    public bool IsMaterialized => value is not null;

    /// <summary>Whether gradients reach it, so that training changes it; true at first. Set it to false for a parameter that shall stay as it
    /// is.</summary>
    /// <remarks>Inference and optimizers pass a frozen parameter by, registered or not; it is still saved and loaded with its network. Results made
    /// before keep the history they have.</remarks>
    public bool RequiresGradient
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                this.value = this.value is { } present ? Held(present) : null;
            }
        }
    } = true;

    /// <summary>What it is called in the network that owns it, such as <c>Encoder.fc1.weight</c>; null where no network does.</summary>
    public string? FullName => fullName?.Invoke();

    /// <summary>The present value as an operand.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>Says by what name its network knows it, unless it has been said before; modules do so for their parameters.</summary>
    /// <param name="name">Gives the name; asked whenever somebody wants to know, because the outermost network may still change.</param>
    public void NameBy(Func<string> name) => fullName ??= name;

    /// <summary>Overwrites the value in place.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Assign(Tensor replacement)
    {
        if (replacement.Shape != Shape)
        {
            throw new ArgumentException($"A parameter of shape {Shape} was assigned a tensor of shape {replacement.Shape}; shapes must agree.",
                nameof(replacement));
        }
        if (value is null)
        {
            make = () => replacement;
            Materialize();
            return;
        }
        ReadOnlySpan<byte> bytes = replacement.To(value.DType).In(value.Layout).RawBytes();
        StepScope.SettleForUpdate();
        bytes.CopyTo(value.WriteBytes());
    }

    /// <summary>Converts the value to another precision; earlier results keep the old one.</summary>
    public void ConvertTo(DType type)
    {
        Tensor own = value ?? Materialize();
        if (own.DType != type)
        {
            Tensor converted = own.Detach().To(type);
            value = null;
            make = () => converted;
            Materialize();
        }
    }

    private Tensor Materialize()
    {
        lock (making)
        {
            if (value is { } made)
            {
                return made;
            }
            using NoGradient.Scope untracked = NoGradient.Begin();
            Tensor start = make!();
            if (start.Shape != Shape)
            {
                throw new InvalidOperationException(
                    $"A parameter of shape {Shape} was started with a tensor of shape {start.Shape}; shapes must agree.");
            }
            Tensor held = Held(StepScope.Outside(() => start.IsWeak ? start.To(Precision.Default) : start.Detach().In(Layout.RowMajor).Copy()));
            make = null;
            return value = held;
        }
    }

    /// <summary>The same memory, at which gradients end in this parameter, or which they pass by.</summary>
    private Tensor Held(Tensor present)
    {
        Tensor held = present.AsVariable();
        held.Node = RequiresGradient ? new VariableNode(this) : null;
        return held;
    }
}
