using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>An operation that programs add themselves, between numbers and arrays.</summary>
internal interface IProgramOperation : IOperation
{
    /// <summary>How it is computed.</summary>
    NodeKind Kind { get; }

    /// <summary>The place in an array that it is about.</summary>
    int Place => 0;
}
