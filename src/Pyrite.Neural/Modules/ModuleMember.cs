namespace Pyrite.Modules;

/// <summary>A module, parameter or buffer under its name in the module that owns it.</summary>
internal sealed record ModuleMember(string Name, object Value)
{
    /// <summary>Whether the owner draws the start, in the owner's precision.</summary>
    public bool IsDrawnHere { get; init; }

    /// <summary>Converts a value that exists; one that is still to be drawn will be drawn in that precision.</summary>
    public void ConvertTo(DType type)
    {
        if (Value is ModuleBuffer buffer)
        {
            buffer.ConvertTo(type);
        }
        else if (Value is Parameter parameter && (parameter.IsMaterialized || !IsDrawnHere))
        {
            parameter.ConvertTo(type);
        }
    }
}
