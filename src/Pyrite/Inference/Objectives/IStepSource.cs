namespace Pyrite.Inference.Objectives;

/// <summary>What objectives may ask of an inference beyond the traces of a step.</summary>
internal interface IStepSource
{
    /// <summary>The guide's run once more, with the same draws, but with its parameters as constants.</summary>
    Trace GuideWithoutParameters(ElboRun run);

    /// <summary>Which sites depend on which; found by running model and guide a few times when their sites are first seen.</summary>
    SiteDependencies Dependencies(ElboRun run);
}
