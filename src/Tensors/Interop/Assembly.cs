using System.Runtime.CompilerServices;

// Everything that crosses the border is blittable.
[assembly: DisableRuntimeMarshalling]
