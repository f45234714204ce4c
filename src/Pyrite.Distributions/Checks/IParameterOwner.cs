using Pyrite.Checks;

namespace Pyrite;

/// <summary>What has parameters that are checked: a distribution, or a transform.</summary>
public interface IParameterOwner : ICheckSubject
{
    /// <summary>The name that errors show.</summary>
    string Name { get; }

    /// <summary>Its parameters with their constraints.</summary>
    IReadOnlyList<DistributionParameter> Parameters { get; }

    /// <summary>A parameter in the run of a model may be bad where a mask, which is not known yet, leaves entries out.</summary>
    bool ICheckSubject.Postpones(string? part, Tensor value) => part is not null && DeferredRefusals.TryHold(this, part, value);
}
