namespace Pyrite.Ops.Conditions;

/// <summary>A check whether all elements lie between two bounds, which recorded functions test in their loops.</summary>
internal interface IRangeVerdict : IRangeTest;
