using Pyrite.Engine;

namespace Pyrite;

/// <summary>A named tensor that training changes in place: the only mutable kind.</summary>
/// <remarks>Gradients end here. The value is made at first use, so that its key can depend on where the parameter stands in a model.</remarks>
public sealed class Parameter
{
    private Func<Tensor>? make;
    private Tensor? value;

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

    /// <summary>The present value as an operand.</summary>
    public static implicit operator Tensor(Parameter parameter) => parameter.Value;

    /// <summary>Overwrites the value in place.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Assign(Tensor replacement)
    {
        if (replacement.Shape != Shape)
        {
            throw new ArgumentException($"A parameter of shape {Shape} was assigned a tensor of shape {replacement.Shape}; shapes must agree.", nameof(replacement));
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
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor start = make!();
        if (start.Shape != Shape)
        {
            throw new InvalidOperationException($"A parameter of shape {Shape} was started with a tensor of shape {start.Shape}; shapes must agree.");
        }
        value = StepScope.Outside(() => start.IsWeak ? start.To(Precision.Default) : start.Detach().In(Layout.RowMajor).Copy()).AsVariable();
        make = null;
        return value;
    }
}
