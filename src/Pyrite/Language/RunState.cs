using Pyrite.Language.Handlers;

namespace Pyrite.Language;

/// <summary>The handlers of a run while another one goes on inside of it.</summary>
internal sealed record RunState(List<Handler> Handlers, int Reach, List<PlateAxis> EnteredAxes, WeightsInPlace? Weights, int Runs, bool IsNested,
    int? Task);
