namespace Pyrite;

/// <summary>State of a module that is saved with it but not trained, such as running statistics.</summary>
/// <remarks>Its memory outlives step scopes; no gradient flows into it.</remarks>
public sealed class ModuleBuffer
{
    /// <summary>A buffer that starts at given numbers (copied).</summary>
    public ModuleBuffer(Tensor start) => Value = start.To(start.DType).Detach().Keep();

    /// <summary>The sizes.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>The present value.</summary>
    public Tensor Value { get; private set; }

    /// <summary>Replaces the value by a copy of another tensor, converted to this buffer's type.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Assign(Tensor replacement)
    {
        if (replacement.Shape != Shape)
        {
            throw new ArgumentException($"A buffer of shape {Shape} was assigned a tensor of shape {replacement.Shape}; shapes must agree.",
                nameof(replacement));
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Value = replacement.To(Value.DType).Detach().Keep();
    }

    /// <summary>Converts real numbers to another precision; integers stay.</summary>
    internal void ConvertTo(DType type)
    {
        if (Value.DType.IsFloatingPoint)
        {
            Value = Value.To(type).Keep();
        }
    }
}
