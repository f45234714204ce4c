using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Copies;

/// <summary>The elements of rectangular arrays in row-major order.</summary>
internal static class ArrayElements
{
    /// <summary>A view of an array of any rank; nothing is copied.</summary>
    public static ReadOnlySpan<T> Of<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
