namespace Pyrite.Kernels.Chains;

/// <summary>Compiled code of a chain: the address of its operands' addresses, and the bytes of a tile.</summary>
internal delegate void ChainFunction(nint operands, nint bytes);
