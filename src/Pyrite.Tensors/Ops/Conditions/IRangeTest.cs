namespace Pyrite.Ops.Conditions;

/// <summary>A test whether elements lie between two bounds; of a single number, one truth value, which recorded functions compute
/// themselves.</summary>
internal interface IRangeTest
{
    /// <summary>The bounds.</summary>
    NumberRange Range { get; }
}
