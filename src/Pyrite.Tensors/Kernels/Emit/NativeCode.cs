using System.Reflection.Emit;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes arithmetic on offsets, which are numbers as long as addresses.</summary>
internal static class NativeCode
{
    extension(ILGenerator il)
    {
        /// <summary>Pushes an offset.</summary>
        public void PushNative(int value)
        {
            il.Emit(OpCodes.Ldc_I4, value);
            il.Emit(OpCodes.Conv_I);
        }

        /// <summary>Sets an offset.</summary>
        public void Set(LocalBuilder local, int value)
        {
            il.PushNative(value);
            il.Emit(OpCodes.Stloc, local);
        }

        /// <summary>Moves an offset on.</summary>
        public void Advance(LocalBuilder local, int bytes)
        {
            il.Emit(OpCodes.Ldloc, local);
            il.PushNative(bytes);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, local);
        }
    }
}
