namespace Pyrite;

/// <summary>The type of a tensor's elements.</summary>
/// <remarks>Mixed operands promote in the order Bool, UInt8, Int64, Float32, Float64; a C# number takes its partner's type.</remarks>
public enum DType : byte
{
    /// <summary>Truth values, one byte each.</summary>
    Bool,

    /// <summary>Unsigned bytes: for storage only, arithmetic widens them to <see cref="Int64"/>.</summary>
    UInt8,

    /// <summary>Signed 64-bit integers: counts and indices.</summary>
    Int64,

    /// <summary>IEEE 754 single precision: the default of networks and SVI.</summary>
    Float32,

    /// <summary>IEEE 754 double precision: the default of MCMC.</summary>
    Float64,
}
